package dev.gptoss.samples.assistant.extract;

import java.time.LocalDate;

/** Something that takes place. */
record Event(String title, LocalDate date, String location) {}
