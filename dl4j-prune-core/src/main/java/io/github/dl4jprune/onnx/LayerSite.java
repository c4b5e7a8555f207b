package io.github.dl4jprune.onnx;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an export rule sees of one layer.
 *
 * @param ops writes operators
 * @param parameters the layer's parameters by key, folded batch normalisations included
 * @param prefix what stands before the keys of a wrapped layer: {@code f} and {@code b} in a Bidirectional
 * @param direction how a recurrent layer reads the series
 */
record LayerSite(Operators ops, Map<String, INDArray> parameters, String prefix, Direction direction) {
    /** Which end of a series a recurrent layer begins at. */
    enum Direction {
        FORWARD,
        REVERSE
    }

    LayerSite(Operators ops, Map<String, INDArray> parameters) {
        this(ops, parameters, "", Direction.FORWARD);
    }

    /** The site of one half of a Bidirectional. */
    LayerSite half(String half, Direction which) {
        return new LayerSite(ops, parameters, prefix + half, which);
    }

    boolean has(String key) {
        return parameters.containsKey(prefix + key);
    }

    /** A parameter in the layout of {@link io.github.dl4jprune.network.NetworkView#parameters}. */
    INDArray parameter(String key) {
        @Nullable INDArray array = parameters.get(prefix + key);
        if (array == null) {
            throw new IllegalStateException("parameter \"" + prefix + key + "\" must be one of " + parameters.keySet());
        }
        return array;
    }

    /** A parameter as a constant under its own key. */
    Value constant(String key) {
        return ops.constant(prefix + key, parameter(key));
    }

    /** Another form of a parameter, under its own key. */
    Value constant(String key, INDArray form) {
        return ops.constant(prefix + key, form);
    }
}
