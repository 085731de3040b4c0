package dev.gptoss.samples.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedModelTests {

    private static final Map<String, String> FILES = Map.of("config.json", "{}", "model.safetensors", "weights");

    @TempDir
    Path cache;

    private final AtomicInteger unpacked = new AtomicInteger();

    @Test
    void everyFileArrivesAndNothingElse() throws IOException {
        Path folder = model(zip(FILES)).path();

        assertThat(folder.resolve("model.safetensors")).hasContent("weights");
        assertThat(names(folder)).containsExactlyInAnyOrderElementsOf(FILES.keySet());
        assertThat(folder).hasFileName("gpt-oss-tiny");
        assertThat(names(place())).containsExactlyInAnyOrder("gpt-oss-tiny", "gpt-oss-tiny.lock");
    }

    @Test
    void theSecondCallUnpacksNothing() throws IOException {
        byte[] zip = zip(FILES);

        assertThat(model(zip).path()).isEqualTo(model(zip).path());
        assertThat(unpacked).hasValue(1);
    }

    @Test
    void aFileOfWrongSizeIsRepaired() throws IOException {
        Path folder = model(zip(FILES)).path();
        Files.writeString(folder.resolve("model.safetensors"), "weig");

        assertThat(model(zip(FILES)).path().resolve("model.safetensors")).hasContent("weights");
    }

    @Test
    void aMissingFileIsRepaired() throws IOException {
        Path folder = model(zip(FILES)).path();
        Files.delete(folder.resolve("config.json"));

        assertThat(model(zip(FILES)).path().resolve("config.json")).hasContent("{}");
    }

    @Test
    void changedBytesFromAnEarlierRunAreRepaired() throws IOException {
        Path folder = place().resolve("gpt-oss-tiny");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "[]");
        Files.writeString(folder.resolve("model.safetensors"), "weights");

        assertThat(model(zip(FILES)).path().resolve("config.json")).hasContent("{}");
    }

    @Test
    void bytesChangedAfterTheCheckAreRepaired() throws IOException {
        Path file = model(zip(FILES)).path().resolve("config.json");
        FileTime checked = Files.getLastModifiedTime(file);
        Files.writeString(file, "[]");
        Files.setLastModifiedTime(file, FileTime.from(checked.toInstant().plusMillis(1)));

        assertThat(model(zip(FILES)).path().resolve("config.json")).hasContent("{}");
    }

    @Test
    void filesNobodyHasWrittenToAreNotHashedAgain() throws IOException {
        Path file = model(zip(FILES)).path().resolve("config.json");
        FileTime checked = Files.getLastModifiedTime(file);
        Files.writeString(file, "[]");
        Files.setLastModifiedTime(file, checked);

        // Nobody but a test sets times back: that the change goes unnoticed shows that only times were looked at.
        assertThat(model(zip(FILES)).path().resolve("config.json")).hasContent("[]");
    }

    @Test
    void leftoversOfAKilledProcessAreRemoved() throws IOException {
        Path leftover = place().resolve("gpt-oss-tiny.part-1");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve("model.safetensors"), "wei");

        model(zip(FILES)).path();

        assertThat(leftover).doesNotExist();
    }

    @Test
    void anEntryOutsideTheFolderIsRefused() throws IOException {
        UnpackedModel model = model(zip(Map.of("../evil", "x")));

        assertThatThrownBy(model::path)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("../evil, which does not belong there");
        assertThat(cache.resolveSibling("evil")).doesNotExist();
        assertThat(names(place())).allMatch(name -> name.endsWith(".lock"));
    }

    @Test
    void contentOfAnotherHashIsRefused() throws IOException {
        UnpackedModel model = model(zip(Map.of("config.json", "{}", "model.safetensors", "weighty")));

        assertThatThrownBy(model::path).hasMessageContaining("model.safetensors must have 7 bytes and SHA-256");
    }

    @Test
    void anEndlessEntryIsCutOff() throws IOException {
        UnpackedModel model = model(zip(Map.of("config.json", "{}", "model.safetensors", "weights".repeat(99_999))));

        assertThatThrownBy(model::path).hasMessageContaining("has more");
    }

    @Test
    void anIncompleteArchiveIsRefused() throws IOException {
        UnpackedModel model = model(zip(Map.of("config.json", "{}")));

        assertThatThrownBy(model::path).hasMessageContaining("the archive lacks model.safetensors");
    }

    @Test
    void manyThreadsUnpackOnce() throws Exception {
        byte[] zip = zip(FILES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Path> open = () -> model(zip).path();
            for (Future<Path> path : threads.invokeAll(List.of(open, open, open, open, open, open, open, open))) {
                assertThat(path.get().resolve("config.json")).hasContent("{}");
            }
        }
        assertThat(unpacked).hasValue(1);
    }

    private UnpackedModel model(byte[] zip) {
        Supplier<InputStream> archive = () -> {
            unpacked.incrementAndGet();
            return new ByteArrayInputStream(zip);
        };
        return new UnpackedModel(cache, "gpt-oss-tiny", entries(), archive);
    }

    private Path place() {
        return cache.resolve(Sha256.ofText(entries().toString()).substring(0, 16));
    }

    private static List<ArchiveEntry> entries() {
        return Stream.of("config.json", "model.safetensors")
                .map(name -> new ArchiveEntry(name, FILES.get(name).length(), Sha256.ofText(FILES.get(name))))
                .toList();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
