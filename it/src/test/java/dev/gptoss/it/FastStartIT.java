package dev.gptoss.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The assistant's jar with the cache that the build made beside it. */
@DisabledOnOs(OS.WINDOWS)
class FastStartIT {

    @Test
    void plainStartBecomesTheOneWithACacheInTheSameProcess() throws Exception {
        try (ApplicationProcess assistant = ApplicationProcess.start(
                List.of("-Xmx1g"), ApplicationProcess.assistant(), "--server.shutdown=immediate")) {
            assertThat(commandOf(assistant.process()))
                    .contains("-Xmx1g", "-Dassistant.fast-start=false", "--server.shutdown=immediate")
                    .anyMatch(word -> word.startsWith("-XX:AOTCache="));
            assertThat(answer(assistant.url())).contains("event:done");

            assistant.process().destroy();

            assertThat(assistant.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(assistant.process().exitValue()).isEqualTo(128 + 15);
        }
    }

    @Test
    void otherFlagsAndTheWishOfTheUserKeepTheStartInPlace() throws Exception {
        for (String flag : List.of("-XX:+UseParallelGC", "-Dassistant.fast-start=false")) {
            try (ApplicationProcess assistant =
                    ApplicationProcess.start(List.of(flag), ApplicationProcess.assistant())) {
                assertThat(commandOf(assistant.process())).noneMatch(word -> word.startsWith("-XX:AOTCache="));
            }
        }
    }

    private static List<String> commandOf(Process process) {
        return List.of(process.info().arguments().orElseThrow());
    }

    private static String answer(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest question = HttpRequest.newBuilder(URI.create(url + "/api/chat"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"conversation\":\"fast\",\"text\":\"Hello!\"}"))
                    .build();
            return http.send(question, BodyHandlers.ofString()).body();
        }
    }
}
