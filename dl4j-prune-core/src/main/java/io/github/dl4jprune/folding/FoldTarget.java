package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameter that takes up what a layer no longer hears: its bias, or, negated, the running mean of the batch
 * normalisation right behind it.
 *
 * @param node the layer that has the parameter
 * @param key the parameter's key
 * @param kind what it is
 */
record FoldTarget(String node, String key, FoldingReport.Target kind) {
    /**
     * Where the sums of the weights of that key can go, if anywhere.
     *
     * @param weights key of the weights, such as {@code W}
     */
    static Optional<FoldTarget> of(NetworkView<? extends Model> network, String layer, String weights) {
        String bias = weights.replace('W', 'b');
        if (network.parameters(layer).containsKey(bias)) {
            return Optional.of(new FoldTarget(layer, bias, FoldingReport.Target.BIAS));
        }
        return normalization(network, layer)
                .map(node -> new FoldTarget(node, "mean", FoldingReport.Target.RUNNING_MEAN));
    }

    /** The batch normalisation that alone reads the layer's plain sums. */
    private static Optional<String> normalization(NetworkView<? extends Model> network, String layer) {
        List<NetworkNode> readers = network.structure().nodes().stream()
                .filter(node -> node.inputs().contains(layer))
                .toList();
        boolean plain = network.structure().node(layer).content() instanceof LayerContent content
                && Wrapped.innermost(content.layer()) instanceof BaseLayer own
                && own.getActivationFn() instanceof ActivationIdentity;
        if (!plain || readers.size() != 1 || network.structure().outputs().contains(layer)) {
            return Optional.empty();
        }
        NetworkNode reader = readers.get(0);
        return reader.content() instanceof LayerContent content
                        && content.preProcessor() == null
                        && isNormalization(content.layer())
                ? Optional.of(reader.name())
                : Optional.empty();
    }

    private static boolean isNormalization(Layer layer) {
        return Wrapped.innermost(layer) instanceof BatchNormalization;
    }

    /**
     * Adds what the original's layer heard to the parameter of another network, where its outputs stay.
     *
     * @param sums one value an output of the original's layer
     * @param other the small network, or one of full width
     */
    void add(INDArray sums, ChannelMask mask, NetworkView<? extends Model> other) {
        int[] ids = mask.graph().axes(node).stream()
                .filter(axis -> axis.key().equals(key))
                .findFirst()
                .map(ParameterAxis::ids)
                .orElseThrow();
        INDArray parameter = other.parameters(node).get(key);
        if (parameter == null) {
            throw new IllegalStateException("layer \"" + node + "\" must have a parameter \"" + key + "\"");
        }
        INDArray column = sums.reshape(sums.length(), 1);
        INDArray kept = (parameter.length() == sums.length() ? silent(column, mask, ids) : small(column, mask, ids))
                .reshape(parameter.shape())
                .castTo(parameter.dataType());
        if (kind == FoldingReport.Target.BIAS) {
            parameter.addi(kept);
        } else {
            parameter.subi(kept);
        }
    }

    private static INDArray small(INDArray column, ChannelMask mask, int[] ids) {
        return Nd4j.pullRows(column, 1, mask.kept(ids));
    }

    private static INDArray silent(INDArray column, ChannelMask mask, int[] ids) {
        INDArray kept = Nd4j.zeros(column.dataType(), column.shape());
        for (int position : mask.kept(ids)) {
            kept.putScalar(position, 0, column.getDouble(position, 0));
        }
        return kept;
    }
}
