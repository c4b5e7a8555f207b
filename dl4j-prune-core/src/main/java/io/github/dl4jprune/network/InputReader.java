package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;

/**
 * What the first layer that reads a network input says about it.
 *
 * @param kind the kind of array
 * @param channels width of the channel axis
 * @param channelsLast whether that axis is the last one
 */
record InputReader(Kind kind, long channels, boolean channelsLast) {
    /** Kinds of input arrays, by what follows the minibatch axis. */
    enum Kind {
        VECTOR,
        SERIES,
        IMAGE,
        VOLUME
    }

    /** The first reader found behind layers that hand channels on; a vector of unknown width if there is none. */
    static InputReader of(NetworkStructure structure, String input) {
        Deque<String> waiting = new ArrayDeque<>(Set.of(input));
        Set<String> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            String current = waiting.remove();
            for (NetworkNode node : structure.nodes()) {
                if (node.inputs().contains(current) && seen.add(node.name())) {
                    Optional<InputReader> reader =
                            node.content() instanceof LayerContent content ? reader(content) : Optional.empty();
                    if (reader.isPresent()) {
                        return reader.get();
                    }
                    waiting.add(node.name());
                }
            }
        }
        return new InputReader(Kind.VECTOR, 1, false);
    }

    private static Optional<InputReader> reader(LayerContent content) {
        InputPreProcessor preProcessor = content.preProcessor();
        if (preProcessor instanceof FeedForwardToCnnPreProcessor p) {
            return vector(p.getInputHeight() * p.getInputWidth() * p.getNumChannels());
        }
        if (preProcessor instanceof CnnToFeedForwardPreProcessor p) {
            return image(p.getNumChannels(), p.getFormat());
        }
        if (preProcessor instanceof CnnToRnnPreProcessor p) {
            return image(p.getNumChannels(), CNN2DFormat.NCHW);
        }
        if (preProcessor instanceof RnnToCnnPreProcessor p) {
            return series((long) p.getInputHeight() * p.getInputWidth() * p.getNumChannels(), p.getRnnDataFormat());
        }
        return layer(content.layer());
    }

    private static Optional<InputReader> layer(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return layer(frozen.getLayer());
        }
        if (layer instanceof TimeDistributed each) {
            return layer(each.getUnderlying()).flatMap(step -> series(step.channels, each.getRnnDataFormat()));
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            return layer(wrapper.getUnderlying());
        }
        if (layer instanceof Bidirectional bidirectional) {
            return layer(bidirectional.getFwd());
        }
        if (layer instanceof Convolution1DLayer convolution) {
            return series(convolution.getNIn(), convolution.getRnnDataFormat());
        }
        if (layer instanceof Convolution3D convolution) {
            boolean last = convolution.getDataFormat() == Convolution3D.DataFormat.NDHWC;
            return Optional.of(new InputReader(Kind.VOLUME, convolution.getNIn(), last));
        }
        if (layer instanceof Deconvolution3D convolution) {
            boolean last = convolution.getDataFormat() == Convolution3D.DataFormat.NDHWC;
            return Optional.of(new InputReader(Kind.VOLUME, convolution.getNIn(), last));
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return image(convolution.getNIn(), convolution.getCnn2dDataFormat());
        }
        return otherLayer(layer);
    }

    private static Optional<InputReader> otherLayer(Layer layer) {
        if (layer instanceof LocallyConnected2D local) {
            return image(local.getNIn(), local.getFormat());
        }
        if (layer instanceof SelfAttentionLayer attention) {
            return series(attention.getNIn(), RNNFormat.NCW);
        }
        if (layer instanceof EmbeddingLayer) {
            return vector(1);
        }
        if (layer instanceof EmbeddingSequenceLayer embedding) {
            return vector(Math.max(1, embedding.getInputLength()));
        }
        if (layer instanceof BaseRecurrentLayer recurrent) {
            return series(recurrent.getNIn(), recurrent.getRnnDataFormat());
        }
        if (layer instanceof RnnOutputLayer output) {
            return series(output.getNIn(), output.getRnnDataFormat());
        }
        // a batch normalisation hands on any kind of array
        return layer instanceof FeedForwardLayer dense && !(layer instanceof BatchNormalization) && dense.getNIn() > 0
                ? vector(dense.getNIn())
                : Optional.empty();
    }

    private static Optional<InputReader> vector(long size) {
        return Optional.of(new InputReader(Kind.VECTOR, size, false));
    }

    private static Optional<InputReader> series(long size, RNNFormat format) {
        return Optional.of(new InputReader(Kind.SERIES, size, format == RNNFormat.NWC));
    }

    private static Optional<InputReader> image(long channels, CNN2DFormat format) {
        return Optional.of(new InputReader(Kind.IMAGE, channels, format == CNN2DFormat.NHWC));
    }

    /** Whether the array has sizes beside its width. */
    boolean sized() {
        return kind != Kind.VECTOR;
    }

    boolean isImage() {
        return kind == Kind.IMAGE || kind == Kind.VOLUME;
    }

    /** The type of an input of that size; a time series is as long as an image is high. */
    InputType type(long height, long width) {
        return switch (kind) {
            case VECTOR -> InputType.feedForward(channels);
            case SERIES -> InputType.recurrent(channels, height, channelsLast ? RNNFormat.NWC : RNNFormat.NCW);
            case IMAGE ->
                InputType.convolutional(height, width, channels, channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
            case VOLUME -> InputType.convolutional3D(volumeFormat(), height, height, width, channels);
        };
    }

    private Convolution3D.DataFormat volumeFormat() {
        return channelsLast ? Convolution3D.DataFormat.NDHWC : Convolution3D.DataFormat.NCDHW;
    }

    /** The type of an input of a stated shape, in this input's own axis order. */
    InputType type(long[] shape) {
        return switch (shape.length) {
            case 1 -> InputType.feedForward(shape[0]);
            case 2 ->
                channelsLast
                        ? InputType.recurrent(shape[1], shape[0], RNNFormat.NWC)
                        : InputType.recurrent(shape[0], shape[1], RNNFormat.NCW);
            case 3 ->
                channelsLast
                        ? InputType.convolutional(shape[0], shape[1], shape[2], CNN2DFormat.NHWC)
                        : InputType.convolutional(shape[1], shape[2], shape[0], CNN2DFormat.NCHW);
            case 4 ->
                channelsLast
                        ? InputType.convolutional3D(volumeFormat(), shape[0], shape[1], shape[2], shape[3])
                        : InputType.convolutional3D(volumeFormat(), shape[1], shape[2], shape[3], shape[0]);
            default ->
                throw new IllegalArgumentException(
                        "input shape must have 1 to 4 axes, got " + java.util.Arrays.toString(shape));
        };
    }
}
