package dev.gptoss.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.samples.nano.NanoModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/**
 * What the README says, done by somebody who has nothing but the published artifacts: a project of its own with Spring
 * Boot's parent, the dependency, the lines of YAML and the snippet, built by Maven and started.
 */
class NewcomerIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REPOSITORY =
            Path.of("target", "newcomer-repository").toAbsolutePath();

    @Test
    void projectOfTheReadmeCallsItsToolAndFillsItsRecord(@TempDir Path project) throws Exception {
        publish("gpt-oss-engine", "gpt-oss-autoconfigure", "gpt-oss-spring-boot-starter");
        write(project);
        build(project);

        try (ApplicationProcess newcomer = ApplicationProcess.start(
                ApplicationProcess.VECTOR_FLAGS,
                project.resolve("target/newcomer.jar"),
                "--gpt-oss.model=" + NanoModel.path(),
                "--gpt-oss.chat.temperature=0",
                "--management.endpoints.web.exposure.include=health,metrics")) {
            for (String city : List.of("Paris", "Oslo", "Rome")) {
                assertThat(get(newcomer.url() + "/weather?city=" + city))
                        .matches("\\{\"city\":\".*\",\"degrees\":-?\\d+}");
            }
            assertThat(get(newcomer.url() + "/actuator/metrics/spring.ai.tool"))
                    .contains("\"values\":[\"weather\"]")
                    .containsPattern("\"statistic\":\"COUNT\",\"value\":[1-9]");
            assertThat(get(newcomer.url() + "/actuator/health")).contains("\"status\":\"UP\"");
        }
    }

    /** Puts jars and poms where Maven looks first, in a repository that ends with this build's folder. */
    private static void publish(String... modules) throws IOException {
        for (String module : modules) {
            Path pom = ROOT.resolve(module).resolve(".flattened-pom.xml");
            String version = find("<version>(.*?)</version>", Files.readString(pom));
            Path folder = Files.createDirectories(
                    REPOSITORY.resolve("dev/gptoss").resolve(module).resolve(version));
            String name = module + "-" + version;
            Files.write(folder.resolve(name + ".pom"), Files.readAllBytes(pom));
            Files.write(
                    folder.resolve(name + ".jar"),
                    Files.readAllBytes(ROOT.resolve(module).resolve("target").resolve(name + ".jar")));
        }
    }

    private static void write(Path project) throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Path java = Files.createDirectories(project.resolve("src/main/java/newcomer"));
        Path resources = Files.createDirectories(project.resolve("src/main/resources"));
        Files.writeString(
                project.resolve("pom.xml"),
                template("pom.xml")
                        .replace("@boot@", SpringBootVersion.getVersion())
                        .replace("@dependency@", block("xml", readme)));
        Files.writeString(resources.resolve("application.yaml"), block("yaml", readme));
        Files.writeString(
                java.resolve("NewcomerApplication.java"),
                template("NewcomerApplication.java.txt").replace("@snippet@", block("java", readme)));
    }

    private static void build(Path project) throws IOException, InterruptedException {
        ProcessBuilder maven = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-Dmaven.repo.local=" + REPOSITORY,
                        "-Dmaven.repo.local.tail="
                                + System.getProperty(
                                        "maven.repo.local",
                                        Path.of(System.getProperty("user.home"), ".m2", "repository")
                                                .toString()),
                        "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("build.log").toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process build = maven.start();
        boolean ended = build.waitFor(5, TimeUnit.MINUTES);
        build.destroy();
        assertThat(ended && build.exitValue() == 0)
                .as("%s", Files.readString(project.resolve("build.log")))
                .isTrue();
    }

    private static String template(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/newcomer", name));
    }

    private static String get(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String block(String language, String markdown) {
        return find("```" + language + "\n(.*?)```", markdown);
    }

    private static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
