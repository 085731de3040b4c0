package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads all weights once, each member its part of every matrix: what the memory gives to this many threads. */
final class WeightReader {

    private static final int STEP = 64;

    private final OffHeap memory;
    private final ThreadTeam team;
    private final long[] sums;

    WeightReader(OffHeap memory, ThreadTeam team) {
        this.memory = memory;
        this.team = team;
        sums = new long[team.members()];
    }

    /** Returns the bytes read. */
    long read() {
        team.run(this::readPart);
        long bytes = 0;
        for (MemorySegment segment : memory.weights()) {
            bytes += segment.byteSize();
        }
        return bytes;
    }

    private void readPart(int member) {
        long sum = 0;
        for (MemorySegment segment : memory.weights()) {
            long lines = segment.byteSize() / STEP;
            long from = lines * member / team.members() * STEP;
            long to = lines * (member + 1) / team.members() * STEP;
            sum += sum(segment, from, to);
        }
        sums[member] = sum; // keeps the loop from being dropped
    }

    private static long sum(MemorySegment segment, long from, long to) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (long at = from; at < to; at += STEP) {
            a += segment.get(ValueLayout.JAVA_LONG, at) + segment.get(ValueLayout.JAVA_LONG, at + 32);
            b += segment.get(ValueLayout.JAVA_LONG, at + 8) + segment.get(ValueLayout.JAVA_LONG, at + 40);
            c += segment.get(ValueLayout.JAVA_LONG, at + 16) + segment.get(ValueLayout.JAVA_LONG, at + 48);
            d += segment.get(ValueLayout.JAVA_LONG, at + 24) + segment.get(ValueLayout.JAVA_LONG, at + 56);
        }
        return a + b + c + d;
    }
}
