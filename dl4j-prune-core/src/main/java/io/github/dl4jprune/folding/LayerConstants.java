package io.github.dl4jprune.folding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
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
import org.nd4j.linalg.activations.IActivation;

/**
 * The table of layer types that constants are followed through, in inference mode and without arrays that mask time
 * steps. Look-up is by exact class; recurrent layers are missing on purpose: what a unit without weights puts out
 * changes from step to step.
 */
final class LayerConstants {
    /** What a layer puts out; of channels that stay anything. */
    @FunctionalInterface
    interface Rule<L extends Layer> {
        ConstantVector output(L layer, LayerReading reading);
    }

    private static final Map<Class<?>, Rule<?>> TABLE = new HashMap<>();

    static {
        List.<Class<? extends BaseLayer>>of(
                        DenseLayer.class,
                        EmbeddingLayer.class,
                        EmbeddingSequenceLayer.class,
                        ConvolutionLayer.class,
                        Convolution2D.class,
                        Convolution1DLayer.class,
                        Convolution1D.class,
                        Convolution3D.class,
                        Deconvolution2D.class,
                        Deconvolution3D.class,
                        SeparableConvolution2D.class)
                .forEach(type -> register(type, (layer, reading) -> produced(layer.getActivationFn(), reading)));
        register(
                LocallyConnected2D.class,
                (layer, reading) -> produced(layer.getActivation().getActivationFunction(), reading));
        List.<Class<? extends Layer>>of(
                        DropoutLayer.class,
                        Upsampling1D.class,
                        Upsampling2D.class,
                        Upsampling3D.class,
                        Cropping1D.class,
                        Cropping2D.class,
                        Cropping3D.class,
                        MaskLayer.class)
                .forEach(type -> register(type, (layer, reading) -> reading.input()));
        List.<Class<? extends Layer>>of(
                        ZeroPaddingLayer.class,
                        ZeroPadding1DLayer.class,
                        ZeroPadding3DLayer.class,
                        SpaceToBatchLayer.class)
                .forEach(type ->
                        register(type, (layer, reading) -> reading.input().bordered()));
        register(ActivationLayer.class, (layer, reading) -> reading.input().through(layer.getActivationFn()));
        register(
                SpaceToDepthLayer.class,
                (layer, reading) -> reading.input().tile(layer.getBlockSize() * layer.getBlockSize()));
        PoolingConstants.register();
        ScalingConstants.register();
    }

    private LayerConstants() {}

    static <L extends Layer> void register(Class<L> type, Rule<? super L> rule) {
        TABLE.put(type, rule);
    }

    /** What the layer puts out; empty if its type is not in the table. */
    @SuppressWarnings("unchecked")
    static Optional<ConstantVector> output(Layer layer, LayerReading reading) {
        Rule<Layer> rule = (Rule<Layer>) TABLE.get(layer.getClass());
        return rule == null ? Optional.empty() : Optional.of(rule.output(layer, reading));
    }

    /** Without weights only the bias is left. */
    private static ConstantVector produced(IActivation function, LayerReading reading) {
        return ConstantVector.held(reading.perChannel("b", reading.width(), 0)).through(function);
    }
}
