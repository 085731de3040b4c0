package dev.gptoss.engine.bench;

import dev.gptoss.engine.constrain.OrdinaryTokens;
import dev.gptoss.engine.schema.SchemaCompiler;
import dev.gptoss.engine.schema.SchemaMatcher;
import dev.gptoss.engine.schema.SchemaOptions;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a decode step adds for a schema once its states were met, at places of a record: mask, draft, one token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {

    private static final String SCHEMA = """
            {"type":"object","properties":{"customer":{"type":"string"},"code":{"type":"string","pattern":"^[A-Z0-9-]{3,12}$"},\
            "day":{"type":"string","format":"date"},"quantity":{"type":"integer","format":"int32"}},\
            "required":["customer","code","day","quantity"],"additionalProperties":false}""";

    /** The text so far. */
    @Param({"{\"", "{\"customer\":\"A", "{\"code\":\"A", "{\"day\":\"2025", "{\"quantity\":1"})
    public String text = "";

    private final long[] words = new long[3_142];
    private final SchemaMatcher matcher = new SchemaCompiler(new OrdinaryTokens(Tokenizer.o200kHarmony()))
            .compile(SCHEMA, SchemaOptions.DEFAULT)
            .matcher();
    private int next;

    @Setup
    public void walk() {
        for (int token : Tokenizer.o200kHarmony().encode(text)) {
            matcher.accept(token);
        }
        matcher.mask(words);
        while ((words[next >> 6] >> next & 1) == 0) {
            next++;
        }
    }

    @Benchmark
    public long[] mask() {
        matcher.mask(words);
        return words;
    }

    @Benchmark
    public int[] draft() {
        return matcher.draft();
    }

    @Benchmark
    public SchemaMatcher token() {
        SchemaMatcher after = matcher.fork();
        after.accept(next);
        return after;
    }
}
