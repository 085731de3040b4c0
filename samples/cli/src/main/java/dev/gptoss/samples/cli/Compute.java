package dev.gptoss.samples.cli;

import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.Precision;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** How a result was computed; every JSON result says it. */
record Compute(String backend, int species, Precision precision, int threads) {

    static Compute of(ModelInfo info) {
        return new Compute(info.backend(), info.species(), info.precision(), info.threads());
    }

    static Compute of(Backend backend) {
        return new Compute(
                backend.name(), backend.species(), backend.numericClass().precision(), backend.threads());
    }

    ObjectNode addTo(ObjectNode line) {
        return line.put("backend", backend)
                .put("species", species)
                .put("precision", precision.name().toLowerCase(Locale.ROOT))
                .put("threads", threads);
    }
}
