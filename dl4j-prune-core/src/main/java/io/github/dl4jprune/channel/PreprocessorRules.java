package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.preprocessors.KerasFlattenRnnPreprocessor;
import org.deeplearning4j.preprocessors.PermutePreprocessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;

/**
 * What preprocessors do to channels: flattening repeats each channel once a pixel (channels-first) or tiles all of them
 * (channels-last), and the way back undoes that. Exact class, as with layers; anything else pins.
 */
final class PreprocessorRules {
    private PreprocessorRules() {}

    /**
     * Follows a preprocessor.
     *
     * @param width width of what comes out as its reader knows it, 0 if it does not; needed only where the
     *     preprocessor leaves its own sizes open
     */
    static Activation trace(InputPreProcessor preProcessor, Activation input, VertexTrace trace, long width) {
        if (preProcessor instanceof ComposableInputPreProcessor composed) {
            Activation current = input;
            for (InputPreProcessor part : composed.getInputPreProcessors()) {
                current = trace(part, current, trace, 0);
            }
            return current;
        }
        Class<?> type = preProcessor.getClass();
        if (type == CnnToFeedForwardPreProcessor.class) {
            return cnnToFeedForward((CnnToFeedForwardPreProcessor) preProcessor, input, trace, width);
        }
        if (type == Cnn3DToFeedForwardPreProcessor.class) {
            return cnn3dToFeedForward((Cnn3DToFeedForwardPreProcessor) preProcessor, input);
        }
        if (type == CnnToRnnPreProcessor.class) {
            CnnToRnnPreProcessor p = (CnnToRnnPreProcessor) preProcessor;
            int axis = ConvolutionRules.channelAxis(p.getRnnDataFormat());
            return flattened(input, p.getInputHeight() * p.getInputWidth(), CNN2DFormat.NCHW)
                    .withLayout(3, axis);
        }
        return trace2(preProcessor, input, trace);
    }

    private static Activation trace2(InputPreProcessor preProcessor, Activation input, VertexTrace trace) {
        Class<?> type = preProcessor.getClass();
        if (type == FeedForwardToCnnPreProcessor.class) {
            return input.rank() == 4
                    ? input
                    : unflattened(input, ((FeedForwardToCnnPreProcessor) preProcessor).getNumChannels(), 4, trace);
        }
        if (type == FeedForwardToCnn3DPreProcessor.class) {
            FeedForwardToCnn3DPreProcessor p = (FeedForwardToCnn3DPreProcessor) preProcessor;
            return input.rank() == 5 || !p.isNCDHW()
                    ? barrier(preProcessor, PinReason.RESHAPE, trace)
                    : unflattened(input, p.getNumChannels(), 5, trace);
        }
        if (type == RnnToCnnPreProcessor.class) {
            return unflattened(input, ((RnnToCnnPreProcessor) preProcessor).getNumChannels(), 4, trace);
        }
        if (type == RnnToFeedForwardPreProcessor.class) {
            return input.withLayout(2, 1);
        }
        if (type == FeedForwardToRnnPreProcessor.class) {
            FeedForwardToRnnPreProcessor p = (FeedForwardToRnnPreProcessor) preProcessor;
            return input.withLayout(3, ConvolutionRules.channelAxis(p.getRnnDataFormat()));
        }
        boolean reshapes = type == ReshapePreprocessor.class
                || type == PermutePreprocessor.class
                || type == KerasFlattenRnnPreprocessor.class;
        return barrier(preProcessor, reshapes ? PinReason.RESHAPE : PinReason.UNKNOWN_PREPROCESSOR, trace);
    }

    private static Activation barrier(InputPreProcessor preProcessor, PinReason reason, VertexTrace trace) {
        trace.pinInputs(reason, preProcessor.getClass().getSimpleName());
        return Activation.opaque(Activation.ANY_RANK, 1);
    }

    private static Activation cnnToFeedForward(
            CnnToFeedForwardPreProcessor p, Activation input, VertexTrace trace, long width) {
        if (input.rank() == 2) {
            return input;
        }
        long pixels = p.getInputHeight() * p.getInputWidth();
        if (pixels == 0 && !input.isOpaque() && width % input.ids().length == 0) {
            pixels = width / input.ids().length;
        }
        if (pixels == 0) {
            return barrier(p, PinReason.UNKNOWN_WIDTH, trace);
        }
        return flattened(input, pixels, p.getFormat());
    }

    private static Activation cnn3dToFeedForward(Cnn3DToFeedForwardPreProcessor p, Activation input) {
        if (input.rank() == 2) {
            return input;
        }
        long voxels = p.getInputDepth() * p.getInputHeight() * p.getInputWidth();
        return flattened(input, voxels, p.isNCDHW() ? CNN2DFormat.NCHW : CNN2DFormat.NHWC);
    }

    private static Activation flattened(Activation input, long positions, CNN2DFormat format) {
        if (input.isOpaque()) {
            return Activation.opaque(2, 1);
        }
        int times = Math.toIntExact(positions);
        int[] ids = format == CNN2DFormat.NHWC
                ? Activation.tile(input.ids(), times)
                : Activation.repeatEach(input.ids(), times);
        return input.withIds(ids).withLayout(2, 1);
    }

    /** Possible only where each block of positions that becomes one channel was one channel before. */
    private static Activation unflattened(Activation input, long channels, int rank, VertexTrace trace) {
        if (input.isOpaque()) {
            return Activation.opaque(rank, 1);
        }
        int[] flat = input.ids();
        int positions = Math.toIntExact(flat.length / channels);
        int[] ids = new int[Math.toIntExact(channels)];
        Arrays.setAll(ids, c -> flat[c * positions]);
        if (!Arrays.equals(Activation.repeatEach(ids, positions), flat)) {
            trace.pinInputs(PinReason.RESHAPE, "positions of different channels become one channel");
            return Activation.opaque(rank, 1);
        }
        return input.withIds(ids).withLayout(rank, 1);
    }
}
