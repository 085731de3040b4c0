package dev.gptoss.spring.model;

import java.nio.file.Path;
import java.util.List;

/** Turns the name of a model into its files. Declare a bean of this type for names of your own. */
@FunctionalInterface
public interface ModelLocator {

    /** Finds the files of a model, or tells in the attempt where it looked. */
    Attempt locate(String name);

    /** A search for a model: found, or the places that were looked at in vain. */
    sealed interface Attempt {

        /** The model is here. */
        record Found(Path path) implements Attempt {}

        /**
         * The model is not to be had this way.
         *
         * @param lookedAt each place as a person would name it; empty if such names mean nothing here
         */
        record Missed(List<String> lookedAt) implements Attempt {
            public Missed {
                lookedAt = List.copyOf(lookedAt);
            }
        }

        /** Found here. */
        static Attempt found(Path path) {
            return new Found(path);
        }

        /** Not found at these places. */
        static Attempt missed(String... lookedAt) {
            return new Missed(List.of(lookedAt));
        }
    }
}
