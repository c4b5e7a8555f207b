package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * First outputs of one network in its four states.
 *
 * @param report what folding said
 * @param original before pruning
 * @param held the original with the weights that produce pruned channels at zero
 * @param shrunk after surgery
 * @param folded after folding
 * @param small the folded network
 */
record Held(
        FoldingReport report,
        INDArray original,
        INDArray held,
        INDArray shrunk,
        INDArray folded,
        NetworkView<? extends Model> small) {

    /**
     * Prunes and folds.
     *
     * @param channels by layer: all channels to prune, of every layer that produces them
     */
    static Held of(Model network, Map<String, int[]> channels, INDArray input) {
        NetworkView<Model> view = NetworkView.of(network);
        ChannelMask mask = ChannelMask.ofChannels(ChannelGraph.of(view), channels);
        INDArray original = view.output(input)[0];
        NetworkView<Model> small = NetworkView.of(Surgery.shrink(view, mask));
        INDArray shrunk = small.output(input)[0];
        FoldingReport report = ConstantFolding.fold(view, small, mask, input);
        INDArray folded = small.output(input)[0];
        channels.forEach((layer, pruned) ->
                silence(Objects.requireNonNull(view.parameters(layer).get("W")), pruned));
        return new Held(report, original, view.output(input)[0], shrunk, folded, small);
    }

    /** W is [in, out] or [out, in, height, width]. */
    private static void silence(INDArray weights, int[] channels) {
        int axis = weights.rank() == 2 ? 1 : 0;
        double[] factors = new double[Math.toIntExact(weights.size(axis))];
        Arrays.fill(factors, 1.0);
        for (int channel : channels) {
            factors[channel] = 0.0;
        }
        long[] shape = new long[weights.rank()];
        Arrays.fill(shape, 1);
        shape[axis] = factors.length;
        weights.muli(Nd4j.createFromArray(factors).reshape(shape));
    }

    /** Largest difference of the folded network to the held one. */
    double error() {
        return distance(folded, held);
    }

    static double distance(INDArray a, INDArray b) {
        return a.sub(b).amaxNumber().doubleValue();
    }
}
