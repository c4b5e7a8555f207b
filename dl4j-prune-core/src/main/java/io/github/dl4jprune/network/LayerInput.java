package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.jspecify.annotations.Nullable;

/** What a layer demands of its input. DL4J checks the same only when arrays arrive, if at all. */
final class LayerInput {
    private LayerInput() {}

    /**
     * What speaks against an input.
     *
     * @param before the type in front of the layer's preprocessor
     * @param read the type behind it, if the preprocessor takes the other
     */
    static Optional<String> objection(LayerContent content, InputType before, Optional<InputType> read) {
        Layer layer = unwrapped(content.layer());
        return ofPreProcessor(content.preProcessor(), before)
                .or(() -> read.flatMap(type -> ofWidth(layer, type)))
                .or(() -> read.flatMap(type -> ofWindow(layer, type)))
                .or(() -> read.flatMap(type -> ofFixedSize(layer, type)));
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
    }

    private static Optional<String> ofPreProcessor(@Nullable InputPreProcessor preProcessor, InputType before) {
        if (preProcessor instanceof CnnToFeedForwardPreProcessor p && p.getInputHeight() > 0) {
            return ofPositions(p.getInputHeight(), p.getInputWidth(), before);
        }
        if (preProcessor instanceof CnnToRnnPreProcessor p && p.getInputHeight() > 0) {
            return ofPositions(p.getInputHeight(), p.getInputWidth(), before);
        }
        if (preProcessor instanceof FeedForwardToCnnPreProcessor p && before instanceof InputTypeFeedForward vector) {
            return ofCount(p.getInputHeight() * p.getInputWidth() * p.getNumChannels(), vector.getSize(), "value");
        }
        return Optional.empty();
    }

    private static Optional<String> ofWidth(Layer layer, InputType type) {
        if (!(layer instanceof FeedForwardLayer weights)
                || weights.getNIn() <= 0
                || layer instanceof EmbeddingLayer
                || layer instanceof EmbeddingSequenceLayer) {
            return Optional.empty();
        }
        boolean flat = type instanceof InputTypeFeedForward || type instanceof InputTypeConvolutionalFlat;
        if (flat && (layer instanceof ConvolutionLayer || layer instanceof BaseRecurrentLayer)) {
            return Optional.empty(); // it takes another kind of array, and DL4J says so
        }
        return flat
                ? ofCount(weights.getNIn(), type.arrayElementsPerExample(), "value")
                : ofCount(weights.getNIn(), channels(type), "channel");
    }

    private static long channels(InputType type) {
        if (type instanceof InputTypeConvolutional image) {
            return image.getChannels();
        }
        if (type instanceof InputTypeConvolutional3D volume) {
            return volume.getChannels();
        }
        return type instanceof InputTypeRecurrent series ? series.getSize() : -1;
    }

    private static Optional<String> ofWindow(Layer layer, InputType type) {
        if (layer instanceof SubsamplingLayer pool) {
            return Window.of(pool).objection(type);
        }
        return layer instanceof ConvolutionLayer convolution && !(layer instanceof Deconvolution2D)
                ? Window.of(convolution).objection(type)
                : Optional.empty();
    }

    /**
     * A window that moves over an input has to lie on it once.
     *
     * @param overhang by how much it may be larger than the input
     */
    private record Window(ConvolutionMode mode, int[] kernel, int[] dilation, int[] padding, int[] overhang) {
        static Window of(ConvolutionLayer layer) {
            return new Window(
                    layer.getConvolutionMode(),
                    layer.getKernelSize(),
                    layer.getDilation(),
                    layer.getPadding(),
                    new int[layer.getKernelSize().length]);
        }

        /** DL4J rounds (size - kernel) / stride towards 0, so that pooling takes what is less than a stride too small. */
        static Window of(SubsamplingLayer layer) {
            return new Window(
                    layer.getConvolutionMode(),
                    layer.getKernelSize(),
                    layer.getDilation(),
                    layer.getPadding(),
                    Arrays.stream(layer.getStride()).map(stride -> stride - 1).toArray());
        }

        Optional<String> objection(InputType type) {
            if (mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal) {
                return Optional.empty();
            }
            if (type instanceof InputTypeConvolutional image) {
                return image.getHeight() < least(0) || image.getWidth() < least(1)
                        ? Optional.of("takes at least %d x %d positions, gets %s"
                                .formatted(least(0), least(1), positions(image)))
                        : Optional.empty();
            }
            return type instanceof InputTypeRecurrent series
                            && series.getTimeSeriesLength() > 0
                            && series.getTimeSeriesLength() < least(0)
                    ? Optional.of("takes at least %d steps, gets %d".formatted(least(0), series.getTimeSeriesLength()))
                    : Optional.empty();
        }

        private long least(int axis) {
            long spread = kernel[axis] + (long) (kernel[axis] - 1) * (dilation[axis] - 1);
            return Math.max(1, spread - 2L * padding[axis] - overhang[axis]);
        }
    }

    private static Optional<String> ofFixedSize(Layer layer, InputType type) {
        return layer instanceof LocallyConnected2D local && local.getInputSize() != null
                ? ofPositions(local.getInputSize()[0], local.getInputSize()[1], type)
                : Optional.empty();
    }

    private static Optional<String> ofPositions(long height, long width, InputType type) {
        return type instanceof InputTypeConvolutional image
                        && !(image.getHeight() == height && image.getWidth() == width)
                ? Optional.of("takes %d x %d positions, gets %s".formatted(height, width, positions(image)))
                : Optional.empty();
    }

    private static Optional<String> ofCount(long wanted, long got, String what) {
        return wanted == got
                ? Optional.empty()
                : Optional.of("takes %d %s, gets %d".formatted(wanted, what + (wanted == 1 ? "" : "s"), got));
    }

    /** Height and width of an image, or the whole shape of anything else. */
    static String positions(InputType type) {
        return type instanceof InputTypeConvolutional image
                ? image.getHeight() + " x " + image.getWidth()
                : Arrays.toString(InputTypes.shape(type));
    }
}
