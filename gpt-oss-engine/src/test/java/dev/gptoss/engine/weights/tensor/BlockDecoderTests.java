package dev.gptoss.engine.weights.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Guards the reading of every block type against blocks decoded elsewhere. */
class BlockDecoderTests {
    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            mode = Mode.EXCLUDE,
            names = {"F32", "F16", "BF16"})
    void blockGivesTheValuesOfItsVector(TensorType type) throws Exception {
        JsonNode vector = vectors().get(type.name());
        byte[] block = HexFormat.of().parseHex(vector.get("block_hex").asString());
        assertThat(block).hasSize(type.blockBytes());

        float[] decoded = new float[type.blockValues() + 1];
        BlockDecoder.decode(type, MemorySegment.ofArray(block), 0, decoded, 1, type.blockValues());

        JsonNode expected = vector.get("values");
        assertThat(expected.size()).isEqualTo(type.blockValues());
        for (int i = 0; i < expected.size(); i++) {
            double value = expected.get(i).asDouble();
            // The vectors have nine significant digits.
            assertThat((double) decoded[i + 1]).as("%s value %d", type, i).isCloseTo(value, within(ulps(value)));
        }
    }

    @Test
    void plainTypesAreTheirIeeeValues() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(16);
            bytes.set(LittleEndian.FLOAT, 1, 0.1f);
            bytes.set(LittleEndian.SHORT, 5, (short) 0xBDCD);
            bytes.set(LittleEndian.SHORT, 7, (short) 0x3555);
            float[] out = new float[3];
            BlockDecoder.decode(TensorType.F32, bytes, 1, out, 0, 1);
            BlockDecoder.decode(TensorType.BF16, bytes, 5, out, 1, 1);
            BlockDecoder.decode(TensorType.F16, bytes, 7, out, 2, 1);
            assertThat(out).containsExactly(0.1f, -0.10009765625f, 0.333251953125f);
        }
    }

    @Test
    void pairedCodesBecomeTheSameBlockInGgmlOrder() {
        byte[] paired = HexFormat.of().parseHex("1032547698badcfe0123456789abcdef");
        byte[] block = HexFormat.of().parseHex("7c100132235445766798" + "89baabdccdfeef");
        byte[] converted = new byte[17];
        converted[0] = 0x7c;
        Mxfp4.pairedToGgml(MemorySegment.ofArray(paired), 0, MemorySegment.ofArray(converted), 1);
        assertThat(converted).isEqualTo(block);

        float[] values = new float[32];
        BlockDecoder.decode(TensorType.MXFP4, MemorySegment.ofArray(converted), 0, values, 0, 32);
        assertThat(values)
                .containsExactly(
                        0f, 0.0625f, 0.125f, 0.1875f, 0.25f, 0.375f, 0.5f, 0.75f, -0f, -0.0625f, -0.125f, -0.1875f,
                        -0.25f, -0.375f, -0.5f, -0.75f, 0.0625f, 0f, 0.1875f, 0.125f, 0.375f, 0.25f, 0.75f, 0.5f,
                        -0.0625f, -0f, -0.1875f, -0.125f, -0.375f, -0.25f, -0.75f, -0.5f);
    }

    @Test
    void scaleBytesArePowersOfTwoDownToTheSubnormalOne() {
        for (int e = 0; e < Mxfp4.NAN_SCALE; e++) {
            assertThat(Mxfp4.scale(e)).as("scale byte %d", e).isEqualTo((float) Math.scalb(1.0, e - 127));
        }
    }

    private static double ulps(double value) {
        return Math.max(Math.abs(value) * 1e-8, 1e-12) + 2 * Math.ulp((float) value);
    }

    private static JsonNode vectors() throws Exception {
        try (InputStream in = BlockDecoderTests.class.getResourceAsStream("/vectors/ggml_blocks.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
