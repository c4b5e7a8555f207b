package io.github.dl4jprune.recipe;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many values of one weight tensor are exactly 0.
 *
 * @param name layer and parameter, such as {@code conv1_W}
 * @param values how many there are
 * @param sparsity fraction of zeros, in [0, 1]
 */
public record WeightSparsity(String name, long values, double sparsity) {
    /** All weight tensors of a network, in network order: no biases, no batch normalisation. */
    public static List<WeightSparsity> of(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        List<WeightSparsity> all = new ArrayList<>();
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            for (NetworkNode node : view.structure().nodes()) {
                if (node.content() instanceof LayerContent content) {
                    view.parameters(node.name()).forEach((key, array) -> {
                        if (content.layer().initializer().isWeightParam(content.layer(), key)) {
                            all.add(new WeightSparsity(node.name() + "_" + key, array.length(), sparsity(array)));
                        }
                    });
                }
            }
        }
        return all;
    }

    private static double sparsity(INDArray array) {
        return array.eq(0).castTo(DataType.INT64).sumNumber().longValue() / (double) array.length();
    }
}
