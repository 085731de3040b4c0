package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ThreadTeamTests {

    @Test
    void everyMemberRunsEveryRegionOnce() {
        try (var team = new ThreadTeam(3)) {
            var runs = new AtomicIntegerArray(3);
            for (int i = 1; i <= 2000; i++) {
                team.run(runs::incrementAndGet);
                for (int member = 0; member < 3; member++) {
                    assertThat(runs.get(member)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void parkedMembersComeBack() {
        try (var team = new ThreadTeam(2)) {
            var runs = new AtomicIntegerArray(2);
            for (int i = 1; i <= 5; i++) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos()); // far longer than members spin
                team.run(runs::incrementAndGet);
                assertThat(runs.get(1)).isEqualTo(i);
            }
        }
    }

    @Test
    void slowMembersAreWaitedForAndInterruptsKept() {
        try (var team = new ThreadTeam(2)) {
            var runs = new AtomicIntegerArray(2);
            Thread.currentThread().interrupt();
            team.run(member -> {
                if (member == 1) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                runs.incrementAndGet(member);
            });
            assertThat(runs.get(1)).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void failureOfAnyMemberReachesTheCallerAndTheTeamGoesOn() {
        try (var team = new ThreadTeam(2)) {
            for (int failing = 0; failing < 2; failing++) {
                int wanted = failing;
                assertThatThrownBy(() -> team.run(member -> {
                            if (member == wanted) {
                                throw new IllegalStateException("member " + member);
                            }
                        }))
                        .hasMessage("member " + failing);
            }
            var runs = new AtomicIntegerArray(2);
            team.run(runs::incrementAndGet);
            assertThat(runs.get(0) + runs.get(1)).isEqualTo(2);
        }
    }

    @Test
    void closedTeamHasNoThreadsAndRunsNothing() {
        var team = new ThreadTeam(4);
        team.run(member -> {});
        team.close();
        assertThatThrownBy(() -> team.run(member -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void siblingsOfACoreCountOnce(@TempDir Path processors) throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            Path topology = Files.createDirectories(processors.resolve("cpu" + cpu + "/topology"));
            Files.writeString(topology.resolve("thread_siblings_list"), cpu % 4 + "," + (cpu % 4 + 4) + "\n");
        }
        assertThat(CpuTopology.physicalCores(processors)).isEqualTo(4);
        assertThat(CpuTopology.usableCores()).isBetween(1, Runtime.getRuntime().availableProcessors());
    }
}
