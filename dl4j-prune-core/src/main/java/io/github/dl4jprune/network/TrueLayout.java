package io.github.dl4jprune.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters in the shape in which they are used.
 *
 * <p>DL4J M2.1 shapes the weights of a one-dimensional convolution [out, in, kernel, 1], and its forward pass then reads
 * the same memory as [kernel, in, out] (Convolution1DUtils.reshapeWeightArrayOrGradientForFormat reshapes where it should
 * permute). What counts is what the forward pass reads.
 */
final class TrueLayout {
    private static final String WEIGHTS = "W";

    private TrueLayout() {}

    /** The table with views in true shape. */
    static Map<String, INDArray> of(Layer layer, Map<String, INDArray> table) {
        INDArray weights = table.get(WEIGHTS);
        if (!(unwrapped(layer) instanceof Convolution1DLayer) || weights == null) {
            return table;
        }
        Map<String, INDArray> result = new LinkedHashMap<>(table);
        result.put(WEIGHTS, weights.reshape('c', weights.size(2), weights.size(1), weights.size(0)));
        return result;
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
    }
}
