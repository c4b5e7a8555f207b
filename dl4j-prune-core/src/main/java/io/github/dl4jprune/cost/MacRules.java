package io.github.dl4jprune.cost;

import io.github.dl4jprune.network.ActivationTypes;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Multiply-adds by layer type. Biases, activations, pooling and normalisations count nothing. */
@SuppressWarnings("deprecation") // Graves' LSTM is deprecated, and saved networks have it
final class MacRules {
    private static final int GATES = 4;

    private MacRules() {}

    /**
     * The multiply-adds of a layer for one example.
     *
     * @param read what the layer reads
     * @param written what it puts out
     */
    static LayerMacs of(Layer layer, InputType read, InputType written) {
        if (layer instanceof FrozenLayer frozen) {
            return of(frozen.getLayer(), read, written);
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            return of(wrapper.getUnderlying(), read, written);
        }
        if (layer instanceof Bidirectional bidirectional) {
            return of(bidirectional.getFwd(), read, written).times(2);
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return convolution(convolution, ActivationTypes.size(read), ActivationTypes.size(written));
        }
        if (layer instanceof LocallyConnected2D local) {
            return LayerMacs.perPair(ActivationTypes.size(written) * local.getKernel()[0] * local.getKernel()[1]);
        }
        long steps = ActivationTypes.size(read);
        if (layer instanceof AbstractLSTM) {
            return new LayerMacs(0, 0, GATES * steps, GATES * steps);
        }
        if (layer instanceof GravesBidirectionalLSTM) {
            return new LayerMacs(0, 0, GATES * steps, GATES * steps).times(2);
        }
        if (layer instanceof SimpleRnn) {
            return new LayerMacs(0, 0, steps, steps);
        }
        return layer instanceof DenseLayer || layer instanceof BaseOutputLayer
                ? LayerMacs.perPair(steps)
                : LayerMacs.NONE;
    }

    private static LayerMacs convolution(ConvolutionLayer layer, long positionsIn, long positionsOut) {
        long kernel = 1;
        for (int size : layer.getKernelSize()) {
            kernel *= size;
        }
        if (layer instanceof org.deeplearning4j.nn.conf.layers.Convolution1DLayer) {
            kernel = layer.getKernelSize()[0];
        }
        if (layer instanceof DepthwiseConvolution2D) {
            return new LayerMacs(0, positionsOut * kernel, 0, 0);
        }
        if (layer instanceof SeparableConvolution2D separable) {
            long multiplier = separable.getDepthMultiplier();
            return new LayerMacs(positionsOut * kernel * multiplier, 0, positionsOut * multiplier, 0);
        }
        boolean transposed = layer instanceof Deconvolution2D || layer instanceof Deconvolution3D;
        return LayerMacs.perPair((transposed ? positionsIn : positionsOut) * kernel);
    }
}
