package io.github.dl4jprune.sparse;

import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.StoredParameter;
import io.github.dl4jprune.network.NetworkNode;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;

/** Which layers there is a sparse form of: looked up by exact class, as subclasses compute something else. */
final class Candidates {
    private static final String WEIGHTS = "W";

    private Candidates() {}

    /** The weights of a layer that can be replaced; empty for all others. */
    static Optional<StoredParameter> weights(LayerSlots slots, NetworkNode node, SharedModel model) {
        if (!slots.has(node.name()) || !replaceable(slots.layer(node.name()))) {
            return Optional.empty();
        }
        return model.parameters().stream()
                .filter(parameter -> parameter.slice().layer().equals(node.name())
                        && parameter.slice().parameter().equals(WEIGHTS))
                .findFirst();
    }

    private static boolean replaceable(Layer layer) {
        if (layer.getClass() == DenseLayer.class) {
            var conf = ((DenseLayer) layer).layerConf();
            return conf.getWeightNoise() == null && !conf.isHasLayerNorm();
        }
        if (layer.getClass() == ConvolutionLayer.class) {
            var conf = ((ConvolutionLayer) layer).layerConf();
            return conf.getWeightNoise() == null
                    && conf.getCnn2dDataFormat() == CNN2DFormat.NCHW
                    && conf.getKernelSize().length == 2;
        }
        return false;
    }

    /** The sparse form; rows lie one behind the other in memory both for dense weights ('f') and filters ('c'). */
    static Layer sparse(Layer layer, StoredParameter weights) {
        long[] shape = weights.slice().shape();
        return layer instanceof DenseLayer
                ? new SparseDense(layer, SparseRows.of(weights, (int) shape[1]))
                : new SparseConvolution(layer, SparseRows.of(weights, (int) shape[0]));
    }
}
