package io.github.dl4jprune.training;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.dropout.Dropout;

/**
 * Another dropout rate for a network whose channels were pruned: what is left has less capacity to regularise, and less of it
 * may be needed, or none. Inference is not touched, for dropout is not part of it.
 *
 * @see DropoutRescaling for pruned weights, by formula
 */
public final class DropoutRate {
    private DropoutRate() {}

    /**
     * Edits the configuration of a network in place. Only layers with plain {@link Dropout} change; alpha and Gaussian dropout
     * and layers without any stay as they are.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param rate the share of a layer's inputs that is dropped, in [0, 1); 0 removes the dropout
     * @return how many layers changed
     * @throws IllegalArgumentException if the rate is out of range
     */
    public static int apply(Model network, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout rate must be in [0, 1), got " + rate);
        }
        int changed = 0;
        for (NetworkNode node : NetworkView.of(network).structure().nodes()) {
            if (node.content() instanceof LayerContent content
                    && content.layer().getIDropout() instanceof Dropout) {
                // DL4J's number is the probability to keep
                content.layer().setIDropout(rate == 0 ? null : new Dropout(1 - rate));
                changed++;
            }
        }
        return changed;
    }
}
