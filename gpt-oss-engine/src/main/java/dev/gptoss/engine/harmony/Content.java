package dev.gptoss.engine.harmony;

/** One content of a message. */
public sealed interface Content permits TextContent, SystemContent, DeveloperContent {}
