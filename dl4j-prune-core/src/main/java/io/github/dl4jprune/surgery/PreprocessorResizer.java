package io.github.dl4jprune.surgery;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;

/** Writes new channel counts into preprocessors, which check them. */
final class PreprocessorResizer {
    private PreprocessorResizer() {}

    /**
     * A preprocessor for the new widths; the given one is left as it is, except that its own object may be reused.
     *
     * @param before number of channels that come in
     * @param after number of channels that go out, before flattening
     */
    static InputPreProcessor resize(InputPreProcessor preProcessor, int before, int after) {
        if (preProcessor instanceof ComposableInputPreProcessor composed) {
            return new ComposableInputPreProcessor(Arrays.stream(composed.getInputPreProcessors())
                    .map(part -> resize(part, before, after))
                    .toArray(InputPreProcessor[]::new));
        }
        if (preProcessor instanceof CnnToFeedForwardPreProcessor p) {
            p.setNumChannels(p.getNumChannels() == 0 ? 0 : before);
        } else if (preProcessor instanceof Cnn3DToFeedForwardPreProcessor p) {
            p.setNumChannels(before);
        } else if (preProcessor instanceof FeedForwardToCnnPreProcessor p) {
            p.setNumChannels(after);
        } else if (preProcessor instanceof FeedForwardToCnn3DPreProcessor p) {
            p.setNumChannels(after);
        } else if (preProcessor instanceof CnnToRnnPreProcessor p) {
            // its private product of sizes is set by the constructor only
            return new CnnToRnnPreProcessor(p.getInputHeight(), p.getInputWidth(), before, p.getRnnDataFormat());
        } else if (preProcessor instanceof RnnToCnnPreProcessor p) {
            return new RnnToCnnPreProcessor(p.getInputHeight(), p.getInputWidth(), after, p.getRnnDataFormat());
        }
        return preProcessor;
    }
}
