package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DevelopmentSchemasTests {

    private static List<String> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                DevelopmentSchemasTests.class.getResourceAsStream("/schemas/cases.jsonl"), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }

    /** A schema whose pattern has some 2^127 states. */
    private static final List<String> REFUSED = List.of("JsonSchemaStore---aerleon-definitions.schema");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyInstanceIsJudgedAsValidatorsDo(boolean isReversed) throws IOException {
        SchemaCases cases = new SchemaCases(Schemas.COMPILER, Schemas.VOCABULARY, isReversed, 0, 1);
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i += Schemas.FULL ? 1 : 10) {
            JsonNode input = SchemaCompiler.JSON.readTree(lines.get(i));
            JsonNode output = SchemaCompiler.JSON.readTree(cases.run(lines.get(i)));
            String id = input.get("id").stringValue();
            if (!output.get("compiled").booleanValue()) {
                if (!REFUSED.contains(id)) {
                    wrong.add(output.get("error").stringValue());
                }
                continue;
            }
            for (int t = 0; t < input.get("tests").size(); t++) {
                JsonNode test = input.get("tests").get(t);
                seen++;
                if (output.get("tests").get(t).booleanValue()
                        != test.get("valid").booleanValue()) {
                    wrong.add(id + " test " + t + " is valid: " + test.get("valid"));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(100);
    }
}
