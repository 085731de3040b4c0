package dev.gptoss.engine.compute.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;

/** How many threads pay. */
final class CpuTopology {

    private CpuTopology() {}

    /** Physical cores, or fewer where the container or affinity grants fewer processors. */
    static int usableCores() {
        return Math.min(Runtime.getRuntime().availableProcessors(), physicalCores(Path.of("/sys/devices/system/cpu")));
    }

    /** Distinct sibling lists of Linux' processors; all processors where there are none to read. */
    static int physicalCores(Path processors) {
        var cores = new HashSet<String>();
        for (int cpu = 0; ; cpu++) {
            Path siblings = processors.resolve("cpu" + cpu + "/topology/thread_siblings_list");
            if (!Files.isReadable(siblings)) {
                break;
            }
            try {
                cores.add(Files.readString(siblings).strip());
            } catch (IOException e) {
                break;
            }
        }
        return cores.isEmpty() ? Runtime.getRuntime().availableProcessors() : cores.size();
    }
}
