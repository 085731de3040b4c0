package dev.gptoss.samples.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory this process ever had resident, mapped pages included. */
final class PeakMemory {

    private PeakMemory() {}

    /** Bytes: VmHWM where the system tells it, else what is committed now. */
    static long bytes() {
        try {
            return ofStatus(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException notLinux) {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return system.getCommittedVirtualMemorySize();
        }
    }

    static long ofStatus(List<String> lines) throws IOException {
        for (String line : lines) {
            if (line.startsWith("VmHWM:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmHWM");
    }
}
