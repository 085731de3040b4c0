package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;

/** Decodes units of one format; holds no state. */
interface PanelDecoder {

    /** As {@link TileFormat#decode}, of the unit at {@code at}. */
    void decode(MemorySegment data, long at, int groups, Scratch scratch);
}
