package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * How weights are packed, as bytes: what the encoders make of one pattern. Weights packed by another version of this code
 * have other bytes here, without a number that somebody has to remember to raise.
 */
final class PackedForm {

    private PackedForm() {}

    static byte[] of(DenseWeights dense) {
        var form = new ByteArrayOutputStream();
        form.writeBytes(dense.name().getBytes(StandardCharsets.UTF_8));
        try (var arena = Arena.ofConfined()) {
            for (TensorType type : TensorType.values()) {
                var pattern =
                        new PatternMatrix(type, TileFormat.GROUP_ROWS, Math.max(Activations.UNIT, type.blockValues()));
                form.writeBytes(tile(pattern, arena));
            }
            WeightMatrix rounded =
                    QuantisedMatrix.of(new PatternMatrix(TensorType.BF16, TileFormat.GROUP_ROWS, Activations.UNIT));
            form.writeBytes(tile(rounded, arena));
        }
        return form.toByteArray();
    }

    private static byte[] tile(WeightMatrix matrix, Arena arena) {
        TileFormat format = TileFormat.of(matrix.type());
        MemorySegment rows = arena.allocate(TileFormat.GROUP_ROWS * matrix.rowBytes(), 64);
        matrix.readRows(0, TileFormat.GROUP_ROWS, rows);
        int groups = format.tileGroups();
        MemorySegment tile = arena.allocate(format.unitBytes(groups) * TileFormat.units(matrix.columns()), 64);
        format.encode(rows, matrix.rowBytes(), matrix.columns(), tile, groups - 1, groups);
        return tile.toArray(ValueLayout.JAVA_BYTE);
    }
}
