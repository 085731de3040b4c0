package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each keyword: schemas with texts that satisfy them and texts that do not. */
class KeywordTests {

    @Test
    void textsAreAcceptedExactlyIfTheySatisfyTheKeyword() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (JsonNode entry : SchemaCompiler.JSON
                .readTree(KeywordTests.class.getResourceAsStream("/schemas/keywords.json"))
                .values()) {
            CompiledSchema schema = Schemas.compile(entry.get("schema").toString());
            for (String verdict : List.of("valid", "invalid")) {
                for (JsonNode value : entry.path(verdict).values()) {
                    seen++;
                    String text = CompactJson.write(value, false);
                    boolean isAccepted = Schemas.accepts(schema, text);
                    boolean isAcceptedReversed = Schemas.accepts(schema, CompactJson.write(value, true));
                    boolean isValid = verdict.equals("valid");
                    if (isAccepted != isValid || isAcceptedReversed != isValid) {
                        wrong.add(entry.get("schema") + " " + verdict + " " + text);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(300);
    }
}
