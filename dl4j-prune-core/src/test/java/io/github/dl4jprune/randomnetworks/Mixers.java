package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Which layers and vertices compute each output channel from all input channels. */
final class Mixers {
    enum Kind {
        INPUT,
        MIXES,
        NORMALISES,
        PASSES
    }

    private Mixers() {}

    static Kind kind(Model network, String name) {
        if (network instanceof MultiLayerNetwork layers) {
            for (int i = 0; i < layers.getnLayers(); i++) {
                Layer layer = layers.getLayerWiseConfigurations().getConf(i).getLayer();
                if (name.equals(layer.getLayerName()) || name.equals(String.valueOf(i))) {
                    return kind(layer);
                }
            }
            throw new IllegalArgumentException("no layer \"" + name + "\"");
        }
        GraphVertex vertex =
                ((ComputationGraph) network).getConfiguration().getVertices().get(name);
        if (vertex instanceof LayerVertex layer) {
            return kind(layer.getLayerConf().getLayer());
        }
        if (vertex instanceof L2NormalizeVertex) {
            return Kind.NORMALISES;
        }
        return vertex instanceof L2Vertex ? Kind.MIXES : Kind.PASSES;
    }

    private static Kind kind(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return kind(frozen.getLayer());
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            return kind(wrapper.getUnderlying());
        }
        boolean perChannel = layer instanceof BatchNormalization
                || layer instanceof DepthwiseConvolution2D
                || layer instanceof ElementWiseMultiplicationLayer;
        boolean mixes = (layer instanceof FeedForwardLayer && !perChannel)
                || layer instanceof Bidirectional
                || layer instanceof AbstractSameDiffLayer
                || layer instanceof LocalResponseNormalization
                || (layer instanceof ActivationLayer activation
                        && activation.getActivationFn() instanceof ActivationSoftmax);
        return mixes ? Kind.MIXES : Kind.PASSES;
    }
}
