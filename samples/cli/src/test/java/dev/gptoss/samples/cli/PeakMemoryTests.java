package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTests {

    @Test
    void theHighWaterMarkIsInKibibytes() throws IOException {
        assertThat(PeakMemory.ofStatus(List.of("VmPeak:\t 9 kB", "VmHWM:\t   12345 kB", "VmRSS:\t 1 kB")))
                .isEqualTo(12345L * 1024);
    }

    @Test
    void aStatusWithoutItIsRefused() {
        assertThatThrownBy(() -> PeakMemory.ofStatus(List.of("Name:\tjava"))).isInstanceOf(IOException.class);
    }
}
