package dev.gptoss.samples.assistant.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCommandTests {

    private static final Path JAR = Path.of("dir/app.jar");

    @Test
    void flagsAndArgumentsStayAroundTheUnpackedJar() {
        assertThat(read("-Xmx1g -Da=b -jar dir/app.jar --c -jar x")
                        .orElseThrow()
                        .with(StartCache.beside(JAR)))
                .containsExactly(
                        "/bin/java",
                        "-Xmx1g",
                        "-Da=b",
                        "-XX:+UseSerialGC",
                        "-Djdk.reflect.useNativeAccessorOnly=true",
                        "-XX:Tier4InvocationThreshold=100000",
                        "-XX:Tier4MinInvocationThreshold=12000",
                        "-XX:Tier4CompileThreshold=300000",
                        "-XX:Tier4BackEdgeThreshold=800000",
                        "-XX:AOTCache=" + Path.of("dir/app/start.aot").toAbsolutePath(),
                        "-Dassistant.fast-start=false",
                        "-jar",
                        Path.of("dir/app/app.jar").toAbsolutePath().toString(),
                        "--c",
                        "-jar",
                        "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-cp dir/app.jar Main",
                "-jar",
                "-jar dir/other.jar",
                "-XX:+UseZGC -jar dir/app.jar",
                "--add-modules=jdk.incubator.vector -jar dir/app.jar",
                "@flags -jar dir/app.jar"
            })
    void otherCommandsAreLeftAlone(String words) {
        assertThat(read(words)).isEmpty();
    }

    @Test
    void flagsFromTheEnvironmentAreLeftAlone() {
        assertThat(JavaCommand.of(
                        "/bin/java",
                        new String[] {"-jar", "dir/app.jar"},
                        JAR,
                        Map.of("JDK_JAVA_OPTIONS", "-XX:+UseZGC")))
                .isEmpty();
    }

    private static Optional<JavaCommand> read(String words) {
        return JavaCommand.of("/bin/java", words.split(" "), JAR, Map.of());
    }
}
