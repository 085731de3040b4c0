package dev.gptoss.engine.schema;

import dev.gptoss.engine.schema.ir.Lowering;
import dev.gptoss.engine.schema.ir.SharedAutomata;
import dev.gptoss.engine.schema.mask.TokenIndex;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Compiles JSON Schemas, draft-04 to 2020-12, for one vocabulary. Safe for use by several threads. */
public final class SchemaCompiler {

    private static final int MAX_CACHED = 64;
    private static final int MAX_TEXT = 4 << 20;

    /** Reads numbers exactly and keeps the order of keys. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private record Key(String schema, SchemaOptions options) {}

    private final Vocabulary vocabulary;
    private final TokenIndex index;
    private final SharedAutomata shared = new SharedAutomata();
    private final Map<Key, CompiledSchema> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompiledSchema> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** @param vocabulary tokens that masks speak of */
    public SchemaCompiler(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        index = new TokenIndex(vocabulary);
    }

    /**
     * Compiles a schema, or returns it from the cache of recently compiled ones.
     *
     * @throws SchemaNotSupportedException if the schema cannot be enforced or no instance can satisfy it
     */
    public CompiledSchema compile(String schema, SchemaOptions options) {
        if (schema.length() > MAX_TEXT) {
            throw new SchemaNotSupportedException("", "", "the schema is longer than " + MAX_TEXT + " characters");
        }
        try {
            return compile(JSON.readTree(schema), options);
        } catch (JacksonException e) {
            throw new SchemaNotSupportedException("", "", "the schema is not JSON: " + e.getOriginalMessage());
        }
    }

    /** As {@link #compile(String, SchemaOptions)}. */
    public CompiledSchema compile(JsonNode schema, SchemaOptions options) {
        Key key = new Key(schema.toString(), options);
        synchronized (cache) {
            CompiledSchema known = cache.get(key);
            if (known != null) {
                return known;
            }
        }
        CompiledSchema made = compile(schema, options, shared);
        synchronized (cache) {
            cache.put(key, made);
        }
        return made;
    }

    /** Compiles without any cache. */
    CompiledSchema compileAfresh(JsonNode schema, SchemaOptions options) {
        return compile(schema, options, new SharedAutomata());
    }

    private CompiledSchema compile(JsonNode schema, SchemaOptions options, SharedAutomata automata) {
        try {
            return new CompiledSchema(Lowering.lower(schema, automata), options, vocabulary, index);
        } catch (StackOverflowError e) {
            throw new SchemaNotSupportedException("", "", "the schema nests too deeply");
        }
    }
}
