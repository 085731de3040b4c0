package dev.gptoss.engine.weights.safetensors;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** JSON of a model's folder, bounded: shallow, short names, short numbers. */
final class HeaderJson {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNameLength(1024)
                    .maxNumberLength(32)
                    .maxStringLength(1 << 20)
                    .build())
            // Names come from a foreign file; interning them would keep them for ever.
            .disable(JsonFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private HeaderJson() {}
}
