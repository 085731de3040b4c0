package dev.gptoss.engine.harmony;

/** Plain text, allowed in any role. */
public record TextContent(String text) implements Content {}
