package dev.gptoss.spring.model;

import dev.gptoss.engine.Engine;

/** How far a model is. */
public sealed interface ModelState {

    /** It is being loaded. */
    record Loading(long bytesDone, long bytesTotal) implements ModelState {

        /** Share that is done, 0 to 100. */
        public int percent() {
            return bytesTotal <= 0 ? 0 : (int) (100 * bytesDone / bytesTotal);
        }
    }

    /** It answers. */
    record Ready(Engine engine) implements ModelState {}

    /** It could not be loaded. */
    record Failed(Throwable cause) implements ModelState {}

    /** It was closed. */
    record Closed() implements ModelState {}
}
