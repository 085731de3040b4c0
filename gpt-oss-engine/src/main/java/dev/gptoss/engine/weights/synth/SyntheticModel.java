package dev.gptoss.engine.weights.synth;

import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model to be made up.
 *
 * @param config its sizes; rows must be whole MXFP4 blocks of 32
 * @param format the files to write
 * @param dense type of attention matrices, embedding and head
 * @param seed of all numbers
 * @param sparse whether large matrices are holes in the file, all zero, for testing sizes
 */
public record SyntheticModel(ModelConfig config, Format format, Dense dense, long seed, boolean sparse) {
    /** The files to write. */
    public enum Format {
        /** One file as llama.cpp writes it. */
        GGUF,
        /** A folder with {@code config.json} and {@code model.safetensors} as published on Hugging Face. */
        SAFETENSORS
    }

    /** Type of the matrices that are not experts. */
    public enum Dense {
        Q8_0,
        BF16
    }

    private static final int BLOCK = 32;

    public SyntheticModel {
        if (config.hiddenSize() % BLOCK != 0
                || config.intermediateSize() % BLOCK != 0
                || config.queryWidth() % BLOCK != 0) {
            throw new IllegalArgumentException("Hidden size, intermediate size and heads x head size must be multiples"
                    + " of 32 for blocks, are " + config.hiddenSize() + ", " + config.intermediateSize() + " and "
                    + config.queryWidth() + ".");
        }
        if (format == Format.SAFETENSORS && dense != Dense.BF16) {
            throw new IllegalArgumentException(
                    "Safetensors keep dense matrices in bf16, asked for " + dense + ". Choose bf16, or GGUF.");
        }
    }

    /** The shape of gpt-oss-20b. */
    public static ModelConfig shape20b() {
        return published(24, 32);
    }

    /** The shape of gpt-oss-120b. */
    public static ModelConfig shape120b() {
        return published(36, 128);
    }

    private static ModelConfig published(int layers, int experts) {
        return new ModelConfig(
                2880,
                2880,
                64,
                8,
                64,
                experts,
                4,
                201_088,
                128,
                IntStream.range(0, layers)
                        .mapToObj(l -> l % 2 == 0 ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION)
                        .toList(),
                1e-5f,
                new RopeConfig(150_000, 32, 32, 1, 4096, false),
                131_072,
                1.702f,
                7);
    }

    /**
     * Writes the model to {@code path}, a file for GGUF and a folder for safetensors, which is created. An existing
     * file is replaced.
     *
     * @param tokens the vocabulary that a GGUF file carries
     * @param threads that fill and write
     */
    public void write(Path path, TokenSource tokens, int threads) throws IOException {
        var contents = new Contents(this);
        List<DataFile> files = switch (format) {
            case GGUF -> List.of(SynthGguf.file(this, contents, tokens, path));
            case SAFETENSORS -> SynthSafetensors.files(this, contents, path);
        };
        for (DataFile file : files) {
            file.write(threads);
        }
    }
}
