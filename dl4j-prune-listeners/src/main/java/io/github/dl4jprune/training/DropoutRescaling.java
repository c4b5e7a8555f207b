package io.github.dl4jprune.training;

import io.github.dl4jprune.compression.ParameterSlice;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weakens dropout after weights were pruned, since a sparse layer has less to regularise: of a layer whose mask keeps
 * {@code c} of its {@code n} weights, the rate {@code d} becomes {@code d sqrt(c / n)}.
 *
 * @see <a href="https://arxiv.org/abs/1506.02626">Han et al. (2015), section 3.2, equation 2</a>
 */
public final class DropoutRescaling {
    private DropoutRescaling() {}

    /**
     * Edits the configuration of a network in place. Layers without plain {@link Dropout} or without weights stay as they
     * are.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param mask zeros and ones, one a parameter, in the order of {@code network.params()}
     */
    public static void apply(Model network, INDArray mask) {
        double[] kept = mask.toDoubleVector();
        List<ParameterSlice> slices = ParameterSlice.of(network);
        for (NetworkNode node : NetworkView.of(network).structure().nodes()) {
            if (node.content() instanceof LayerContent content
                    && content.layer().getIDropout() instanceof Dropout old) {
                double total = 0;
                double left = 0;
                for (ParameterSlice slice : slices) {
                    if (slice.isWeights() && slice.layer().equals(node.name())) {
                        total += slice.length();
                        for (int i = slice.start(); i < slice.end(); i++) {
                            left += kept[i];
                        }
                    }
                }
                if (total > 0) {
                    // DL4J's number is the probability to keep
                    content.layer().setIDropout(new Dropout(1 - (1 - old.getP()) * Math.sqrt(left / total)));
                }
            }
        }
    }
}
