package io.github.dl4jprune.folding;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling: the maximum or mean of equal values is that value; sums and norms depend on how many there are. */
final class PoolingConstants {
    private PoolingConstants() {}

    static void register() {
        LayerConstants.register(SubsamplingLayer.class, PoolingConstants::window);
        LayerConstants.register(Pooling2D.class, PoolingConstants::window);
        LayerConstants.register(Subsampling1DLayer.class, PoolingConstants::window);
        LayerConstants.register(Pooling1D.class, PoolingConstants::window);
        LayerConstants.register(
                Subsampling3DLayer.class,
                (layer, reading) -> pooled(
                        kind(layer.getPoolingType()), Borders.crossedBy(layer), dense(layer.getDilation()), reading));
        LayerConstants.register(
                GlobalPoolingLayer.class, (layer, reading) -> pooled(layer.getPoolingType(), false, true, reading));
    }

    private static ConstantVector window(SubsamplingLayer layer, LayerReading reading) {
        return pooled(kind(layer.getPoolingType()), Borders.crossedBy(layer), dense(layer.getDilation()), reading);
    }

    private static boolean dense(int[] dilation) {
        return Arrays.stream(dilation).allMatch(step -> step == 1);
    }

    private static PoolingType kind(Enum<?> type) {
        return PoolingType.valueOf(type.name());
    }

    private static ConstantVector pooled(
            PoolingType type, boolean crossesBorders, boolean dense, LayerReading reading) {
        ConstantVector input = reading.input();
        if (type != PoolingType.MAX && type != PoolingType.AVG) {
            return input.unlessZero(type + " pooling of layer \"" + reading.node() + "\"");
        }
        // a maximum leaves padding out, and a window without gaps always meets some pixel
        boolean even = !crossesBorders || (type == PoolingType.MAX && dense);
        return even ? input : input.bordered();
    }
}
