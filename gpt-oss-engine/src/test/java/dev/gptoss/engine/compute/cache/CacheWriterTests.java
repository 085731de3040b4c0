package dev.gptoss.engine.compute.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.LoadTeam;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder before and after a write. */
class CacheWriterTests {

    private static final byte[] KEY = new byte[CacheLayout.KEY_BYTES];

    @TempDir
    private Path folder;

    @Test
    void diskWithoutRoomIsAnErrorWithFigures() throws IOException {
        // the address is never read: the room is asked for first
        var layout = new CacheLayout(List.of(MemorySegment.ofAddress(64).reinterpret(1L << 44)));
        assertThatThrownBy(() -> CacheWriter.write(folder, "m.tiles", KEY, layout, alone()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(layout.fileBytes() + " are needed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void onlyAbandonedTemporaryFilesAreRemoved() throws IOException {
        Path old = temporary("m.tiles.1.tmp", Duration.ofHours(2));
        Path current = temporary("m.tiles.2.tmp", Duration.ofMinutes(1));
        Path other = temporary("n.tiles.1.tmp", Duration.ofHours(2));
        try (var arena = Arena.ofConfined()) {
            var layout = new CacheLayout(List.of(arena.allocate(100), arena.allocate(64)));
            CacheWriter.write(folder, "m.tiles", KEY, layout, alone());
            assertThat(folder.resolve("m.tiles")).hasSize(layout.fileBytes());
        }
        assertThat(old).doesNotExist();
        assertThat(current).exists();
        assertThat(other).exists();
    }

    private Path temporary(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "half");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    /** A team of the calling thread. */
    private static LoadTeam alone() {
        return new LoadTeam(work -> work.accept(0), LoadListener.NONE);
    }
}
