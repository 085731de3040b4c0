package dev.gptoss.samples.assistant.extract;

/** Somebody to call. */
record Contact(String name, String phone) {}
