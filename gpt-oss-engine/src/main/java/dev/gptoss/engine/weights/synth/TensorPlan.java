package dev.gptoss.engine.weights.synth;

import java.util.ArrayList;
import java.util.List;

/** The tensors of a file to be, in its order, and who fills them. */
final class TensorPlan {
    private record Planned(long rows, long rowBytes, RowFiller filler, boolean isHole) {}

    private final List<Planned> planned = new ArrayList<>();

    /** @param isHole whether nothing is written, so that the tensor is zero and takes no room */
    void add(long rows, long rowBytes, RowFiller filler, boolean isHole) {
        planned.add(new Planned(rows, rowBytes, filler, isHole));
    }

    /** Those to be written. */
    List<DataFile.Tensor> placed(List<Long> offsets) {
        var tensors = new ArrayList<DataFile.Tensor>();
        for (int i = 0; i < planned.size(); i++) {
            Planned tensor = planned.get(i);
            if (!tensor.isHole()) {
                tensors.add(new DataFile.Tensor(offsets.get(i), tensor.rows(), tensor.rowBytes(), tensor.filler()));
            }
        }
        return tensors;
    }
}
