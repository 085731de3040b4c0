package dev.gptoss.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.spring.autoconfigure.GptOssProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every Java block of the pages is a part of a source that compiles here. The line before a block names file and tag:
 * {@code <!-- snippet: ToolsSnippets#bean -->}.
 */
class DocsTests {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\w+)#([\\w-]+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/quick-start.md",
                "docs/properties.md",
                "docs/tools.md",
                "docs/records.md",
                "docs/reasoning.md",
                "docs/testing.md",
                "docs/operations.md"
            })
    void javaBlocksAreCompiledSources(String page) throws IOException {
        String text = Files.readString(ROOT.resolve(page));
        List<String> faults = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String expected =
                    block.group(1) == null ? "<!-- snippet --> before it" : source(block.group(1), block.group(2));
            if (!expected.equals(block.group(3))) {
                faults.add("expected:\n" + expected + "found:\n" + block.group(3));
            }
        }
        assertThat(faults).as(page).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick-start", "properties", "tools", "records", "reasoning", "testing", "operations"})
    void indexLinksToThePage(String page) throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/index.md"))).contains("(" + page + ".md)");
    }

    @Test
    void everyPropertyIsListed() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/properties.md"));
        try (InputStream metadata =
                GptOssProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<String> names = JsonMapper.shared()
                    .readTree(metadata)
                    .path("properties")
                    .valueStream()
                    .map(property -> property.path("name").asString())
                    .toList();
            assertThat(names)
                    .hasSizeGreaterThan(25)
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
    }

    private static String source(String file, String tag) throws IOException {
        String source = Files.readString(
                ROOT.resolve("gpt-oss-autoconfigure/src/test/java/dev/gptoss/spring/docs/" + file + ".java"));
        Matcher part = Pattern.compile("// tag::" + tag + "\\[\\]\\n(.*?)[ ]*// end::" + tag + "\\[\\]", Pattern.DOTALL)
                .matcher(source);
        return part.find()
                ? part.group(1).stripTrailing().stripIndent() + "\n"
                : "no tag " + tag + " in " + file + "\n";
    }
}
