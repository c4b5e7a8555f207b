package io.github.dl4jprune.listeners;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J applies constraints after all listeners; tries once whether they leave pruned weights at 0. */
final class Constraints {
    private Constraints() {}

    @SuppressWarnings("try") // the workspace scope is there to be closed
    static void requireZerosKept(Model network, WeightMaskListener keeper) {
        for (Layer layer : Listeners.layers(network)) {
            List<?> constraints =
                    layer.conf() == null ? null : layer.conf().getLayer().getConstraints();
            if (constraints == null || constraints.isEmpty()) {
                continue;
            }
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                INDArray parameters = network.params();
                INDArray before = parameters.dup();
                layer.applyConstraints(0, 0);
                boolean kept = keeper.holdsZero(parameters);
                parameters.assign(before);
                if (!kept) {
                    throw new IllegalStateException(
                            "layer \"" + layer.conf().getLayer().getLayerName()
                                    + "\": constraints must leave pruned weights at 0, got " + names(constraints)
                                    + "; remove the one that moves them, or put a MaskConstraint behind it");
                }
            }
        }
    }

    private static List<String> names(List<?> constraints) {
        List<String> names = new ArrayList<>();
        constraints.forEach(constraint ->
                names.add(((LayerConstraint) constraint).getClass().getSimpleName()));
        return names;
    }
}
