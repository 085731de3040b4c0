package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.autoconfigure.diagnostics.VectorModuleMissingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The incubator module with the Vector API, which only the command line can add. */
final class VectorModule {

    static final String NAME = "jdk.incubator.vector";

    private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);

    private VectorModule() {}

    /** Says once what is missing and how to add it, or refuses. */
    static void check(GptOssProperties properties) {
        check(properties, ModuleLayer.boot().findModule(NAME).isPresent());
    }

    static void check(GptOssProperties properties, boolean isPresent) {
        boolean isWanted = properties.getBackend().equals("auto")
                || properties.getBackend().equals("vector");
        if (isPresent || !isWanted) {
            return;
        }
        if (properties.isRequireVector()) {
            throw new VectorModuleMissingException();
        }
        LOG.warn("{}", VectorModuleMissingException.ADVICE);
    }
}
