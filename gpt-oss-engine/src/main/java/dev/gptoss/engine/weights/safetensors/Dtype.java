package dev.gptoss.engine.weights.safetensors;

import dev.gptoss.engine.weights.tensor.StoredType;
import dev.gptoss.engine.weights.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/** Element types of safetensors. Those that no gpt-oss tensor has still have a size, so that the header can be checked. */
enum Dtype {
    F32(4, StoredType.of(TensorType.F32)),
    F16(2, StoredType.of(TensorType.F16)),
    BF16(2, StoredType.of(TensorType.BF16)),
    U8(1, StoredType.BYTES),
    BOOL(1),
    I8(1),
    F8_E5M2(1),
    F8_E4M3(1),
    F8_E8M0(1),
    I16(2),
    U16(2),
    I32(4),
    U32(4),
    I64(8),
    U64(8),
    F64(8);

    private final int bytes;
    private final StoredType type;

    Dtype(int bytes) {
        this.bytes = bytes;
        this.type = StoredType.foreign(name());
    }

    Dtype(int bytes, StoredType type) {
        this.bytes = bytes;
        this.type = type;
    }

    int bytes() {
        return bytes;
    }

    StoredType type() {
        return type;
    }

    static @Nullable Dtype find(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        return null;
    }
}
