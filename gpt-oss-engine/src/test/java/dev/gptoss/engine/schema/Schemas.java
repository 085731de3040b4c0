package dev.gptoss.engine.schema;

import dev.gptoss.engine.constrain.OrdinaryTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What the tests of this package share: one vocabulary, one compiler, and texts through masks. */
final class Schemas {

    static final boolean FULL = Boolean.getBoolean("gptoss.full");
    static final Vocabulary VOCABULARY = new OrdinaryTokens(Tokenizer.o200kHarmony());
    static final SchemaCompiler COMPILER = new SchemaCompiler(VOCABULARY);

    private Schemas() {}

    static CompiledSchema compile(String schema) {
        return COMPILER.compile(schema, SchemaOptions.DEFAULT);
    }

    /** Whether each token of a text is permitted in turn by the mask, and then the end. */
    static boolean accepts(CompiledSchema schema, String text) {
        SchemaMatcher matcher = schema.matcher();
        long[] mask = new long[3_142];
        for (int token : VOCABULARY.encode(text)) {
            matcher.mask(mask);
            boolean isSet = (mask[token >> 6] >> token & 1) != 0;
            if (isSet != matcher.permits(token)) {
                throw new AssertionError("mask and permits differ at token " + token + " of " + text);
            }
            if (!isSet) {
                return false;
            }
            matcher.accept(token);
        }
        return matcher.mayEnd();
    }

    static boolean accepts(String schema, String text) {
        return accepts(compile(schema), text);
    }

    /** Draws uniformly from masks, and after some tokens takes the shortest way out. */
    static String walk(CompiledSchema schema, Random random, int drawn) {
        SchemaMatcher matcher = schema.matcher();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long[] mask = new long[3_142];
        for (int i = 0; i < drawn; i++) {
            matcher.mask(mask);
            int count = 0;
            for (long word : mask) {
                count += Long.bitCount(word);
            }
            int choices = count + (matcher.mayEnd() ? 1 : 0);
            if (choices == 0) {
                throw new AssertionError("dead end after " + text.toString(StandardCharsets.UTF_8));
            }
            int choice = random.nextInt(choices);
            if (choice == count) {
                return text.toString(StandardCharsets.UTF_8);
            }
            int token = SchemaCases.nth(mask, choice);
            text.writeBytes(VOCABULARY.bytes(token));
            matcher.accept(token);
        }
        for (int token : matcher.shortestClose()) {
            matcher.mask(mask);
            if ((mask[token >> 6] >> token & 1) == 0) {
                throw new AssertionError("the way out is not permitted after " + text.toString(StandardCharsets.UTF_8));
            }
            text.writeBytes(VOCABULARY.bytes(token));
            matcher.accept(token);
        }
        if (!matcher.mayEnd()) {
            throw new AssertionError("the way out does not end: " + text.toString(StandardCharsets.UTF_8));
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
