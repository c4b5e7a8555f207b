package io.github.dl4jprune.channel;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;

/** Layers without parameters that leave channels where they are, or move them whole. */
final class PassThroughRules {
    private static final List<Class<? extends Layer>> UNCHANGED = List.of(
            DropoutLayer.class,
            SubsamplingLayer.class,
            Subsampling1DLayer.class,
            Subsampling3DLayer.class,
            Pooling1D.class,
            Pooling2D.class,
            Upsampling1D.class,
            Upsampling2D.class,
            Upsampling3D.class,
            ZeroPaddingLayer.class,
            ZeroPadding1DLayer.class,
            ZeroPadding3DLayer.class,
            Cropping1D.class,
            Cropping2D.class,
            Cropping3D.class,
            SpaceToBatchLayer.class,
            MaskLayer.class);

    private PassThroughRules() {}

    static void register() {
        for (Class<? extends Layer> type : UNCHANGED) {
            LayerRules.register(type, (layer, trace) -> trace.input());
        }
        LayerRules.register(ActivationLayer.class, PassThroughRules::activation);
        LayerRules.register(GlobalPoolingLayer.class, PassThroughRules::globalPooling);
        LayerRules.register(SpaceToDepthLayer.class, PassThroughRules::spaceToDepth);
    }

    private static Activation activation(ActivationLayer layer, LayerTrace trace) {
        return ActivationFunctions.apply(layer.getActivationFn(), trace.input(), trace);
    }

    private static Activation globalPooling(GlobalPoolingLayer layer, LayerTrace trace) {
        Activation input = trace.input();
        int[] pooled = layer.getPoolingDimensions();
        boolean poolsChannels =
                pooled == null ? input.axis() != 1 : Arrays.stream(pooled).anyMatch(axis -> axis == input.axis());
        if (poolsChannels) {
            trace.pinInput(PinReason.RESHAPE, "pools over the channel axis");
            return Activation.opaque(2, 1);
        }
        return layer.isCollapseDimensions() ? input.withLayout(2, 1) : input;
    }

    /** Output channel (row * blockSize + column) * C + c holds input channel c. */
    private static Activation spaceToDepth(SpaceToDepthLayer layer, LayerTrace trace) {
        Activation input = trace.input();
        if (input.isOpaque()) {
            return Activation.opaque(input.rank(), input.axis());
        }
        int block = layer.getBlockSize();
        return input.withIds(Activation.tile(input.ids(), block * block));
    }
}
