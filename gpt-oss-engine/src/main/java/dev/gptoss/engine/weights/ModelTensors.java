package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.RowRange.Rows;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.StoredType;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The tensors of a model as a layout asks for them: by name and expected shape. Every answer has been checked, so that
 * no later read can leave its tensor.
 *
 * @param source the model's file or folder, for errors
 */
record ModelTensors(String source, TensorSet tensors, ScratchPool scratch) {
    private static final Set<TensorType> PLAIN = EnumSet.of(TensorType.F32, TensorType.F16, TensorType.BF16);

    boolean has(String name) {
        return tensors.find(name) != null;
    }

    /** The first of {@code names} that is there, of shape {@code shape}. */
    StoredTensor require(List<Integer> shape, String... names) {
        List<Long> expected = shape.stream().map(Integer::longValue).toList();
        for (String name : names) {
            StoredTensor tensor = tensors.find(name);
            if (tensor != null) {
                if (!essential(tensor.shape()).equals(essential(expected))) {
                    throw tensor.fault("has shape " + StoredTensor.shapeText(tensor.shape()) + ", expected "
                            + StoredTensor.shapeText(expected)
                            + ". Configuration and weights are of different models: fetch both again.");
                }
                return tensor;
            }
        }
        throw new WeightsException(source + ": has no tensor " + names[0]
                + (names.length > 1
                        ? " (nor " + String.join(", ", Arrays.asList(names).subList(1, names.length)) + ")"
                        : "")
                + ", expected one of shape " + StoredTensor.shapeText(expected)
                + ". The model is incomplete or of another architecture: fetch it again.");
    }

    /** GGUF writers drop outermost extents of 1. */
    private static List<Long> essential(List<Long> shape) {
        int from = 0;
        while (from < shape.size() - 1 && shape.get(from) == 1) {
            from++;
        }
        return shape.subList(from, shape.size());
    }

    /** Matrix (rows, columns). */
    WeightMatrix matrix(int rows, int columns, String... names) {
        return blockRows(require(List.of(rows, columns), names), Rows.all(rows), columns);
    }

    WeightVector vector(int length, String... names) {
        return elements(require(List.of(length), names), Rows.all(length));
    }

    /** {@code prefix + ".weight"} (out, in) and {@code prefix + ".bias"} (out). */
    Linear linear(int out, int in, String prefix) {
        return new Linear(matrix(out, in, prefix + ".weight"), vector(out, prefix + ".bias"));
    }

    /** Rows of a matrix that holds several: weight (all, in) and bias (all). */
    Linear part(StoredTensor weight, StoredTensor bias, Rows rows, int in) {
        return new Linear(blockRows(weight, rows, in), elements(bias, rows));
    }

    /** Rows that are whole blocks in {@code tensor}. */
    WeightMatrix blockRows(StoredTensor tensor, Rows rows, int columns) {
        TensorType type = tensor.type().rows();
        if (type == null) {
            throw tensor.fault("has type " + tensor.type().name() + ", expected one of " + List.of(TensorType.values())
                    + ". Use a model in a supported type.");
        }
        return new BlockRows(tensor, type, rows, columns, scratch);
    }

    /** Rows of MXFP4 codes and scales that lie apart. */
    WeightMatrix splitMxfp4Rows(StoredTensor codes, StoredTensor scales, Rows rows, int columns) {
        return new SplitMxfp4Rows(requireBytes(codes), requireBytes(scales), rows, columns, scratch);
    }

    /** Columns of an expert's input-major matrix. */
    WeightMatrix transposedRows(StoredTensor tensor, int expert, Rows rows, int columns) {
        return new TransposedRows(tensor, requirePlain(tensor), expert, rows, columns, scratch);
    }

    WeightVector elements(StoredTensor tensor, Rows elements) {
        return new StoredVector(tensor, requirePlain(tensor), elements);
    }

    private static StoredTensor requireBytes(StoredTensor tensor) {
        if (!tensor.type().equals(StoredType.BYTES)) {
            throw tensor.fault(
                    "has type " + tensor.type().name() + ", expected U8. The file is damaged: fetch it again.");
        }
        return tensor;
    }

    private static TensorType requirePlain(StoredTensor tensor) {
        TensorType type = tensor.type().rows();
        if (type == null || !PLAIN.contains(type)) {
            throw tensor.fault("has type " + tensor.type().name() + ", expected one of " + PLAIN
                    + ". Use a model in a supported type.");
        }
        return type;
    }
}
