package io.github.dl4jprune.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
 * The table of preprocessors: Reshape and Transpose. Where DL4J makes rows of the steps of a series, all examples of the
 * first step come first (its reshape is in Fortran order).
 */
final class Preprocessors {
    /** Writes one type of preprocessor. */
    @FunctionalInterface
    private interface PreprocessorExport<P extends InputPreProcessor> {
        Value write(P preProcessor, Value x, Operators ops);
    }

    private static final Map<Class<?>, PreprocessorExport<?>> TABLE = new HashMap<>();

    static {
        register(CnnToFeedForwardPreProcessor.class, (p, x, ops) -> flat(x, ops));
        register(Cnn3DToFeedForwardPreProcessor.class, (p, x, ops) -> flat(x, ops));
        register(KerasFlattenRnnPreprocessor.class, (p, x, ops) -> flat(x, ops));
        register(
                FeedForwardToCnnPreProcessor.class,
                (p, x, ops) -> x.rank() == 4
                        ? x
                        : ops.reshape(x, x.size(0), p.getNumChannels(), p.getInputHeight(), p.getInputWidth()));
        register(FeedForwardToCnn3DPreProcessor.class, Preprocessors::volume);
        register(
                RnnToFeedForwardPreProcessor.class,
                (p, x, ops) -> x.rank() == 2 ? x : rows(x, ChannelOrder.of(p.getRnnDataFormat()), ops));
        register(
                FeedForwardToRnnPreProcessor.class,
                (p, x, ops) -> series(x, ChannelOrder.of(p.getRnnDataFormat()), ops));
        register(
                CnnToRnnPreProcessor.class,
                (p, x, ops) -> series(flat(x, ops), ChannelOrder.of(p.getRnnDataFormat()), ops));
        register(RnnToCnnPreProcessor.class, Preprocessors::images);
        register(PermutePreprocessor.class, Preprocessors::permuted);
        register(ReshapePreprocessor.class, Preprocessors::reshaped);
        register(ComposableInputPreProcessor.class, (p, x, ops) -> {
            Value current = x;
            for (InputPreProcessor part : p.getInputPreProcessors()) {
                current = write(part, current, ops);
            }
            return current;
        });
    }

    private Preprocessors() {}

    private static <P extends InputPreProcessor> void register(Class<P> type, PreprocessorExport<P> rule) {
        TABLE.put(type, rule);
    }

    /** The preprocessor types that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    @SuppressWarnings("unchecked")
    static Value write(InputPreProcessor preProcessor, Value x, Operators ops) {
        PreprocessorExport<InputPreProcessor> rule =
                (PreprocessorExport<InputPreProcessor>) TABLE.get(preProcessor.getClass());
        if (rule == null) {
            throw new NotExportable("no rule for preprocessors of type "
                    + preProcessor.getClass().getSimpleName());
        }
        return rule.write(preProcessor, x, ops);
    }

    private static Value flat(Value x, Operators ops) {
        return ops.reshape(x, x.size(0), Dims.product(Dims.ofExample(x.dims())));
    }

    private static Value volume(FeedForwardToCnn3DPreProcessor p, Value x, Operators ops) {
        if (x.rank() == 5) {
            return x;
        }
        long depth = p.getInputDepth();
        return p.isNCDHW()
                ? ops.reshape(x, x.size(0), p.getNumChannels(), depth, p.getInputHeight(), p.getInputWidth())
                : ops.reshape(x, x.size(0), depth, p.getInputHeight(), p.getInputWidth(), p.getNumChannels());
    }

    /** Row {@code step * examples + example}. */
    private static Value rows(Value x, ChannelOrder order, Operators ops) {
        Value steps = order == ChannelOrder.LAST ? ops.transpose(x, 1, 0, 2) : ops.transpose(x, 2, 0, 1);
        return ops.reshape(steps, steps.size(0) * steps.size(1), steps.size(2));
    }

    /** The way back; the number of examples is that of the network's input. */
    private static Value series(Value x, ChannelOrder order, Operators ops) {
        if (x.size(0) >= 0) {
            throw new NotExportable("rows become a series only if their number depends on that of the examples");
        }
        Value steps = ops.reshape(x, x.size(0) / Value.BATCH, Value.BATCH, x.size(1));
        return order == ChannelOrder.LAST ? ops.transpose(steps, 1, 0, 2) : ops.transpose(steps, 1, 2, 0);
    }

    private static Value images(RnnToCnnPreProcessor p, Value x, Operators ops) {
        Value rows = rows(x, ChannelOrder.of(p.getRnnDataFormat()), ops);
        return ops.reshape(rows, rows.size(0), p.getNumChannels(), p.getInputHeight(), p.getInputWidth());
    }

    private static Value permuted(PermutePreprocessor p, Value x, Operators ops) {
        int[] indices = p.getPermutationIndices();
        if (indices.length == x.rank()) {
            return ops.transpose(x, indices);
        }
        int[] permutation = new int[x.rank()];
        System.arraycopy(indices, 0, permutation, 1, indices.length);
        return ops.transpose(x, permutation);
    }

    private static Value reshaped(ReshapePreprocessor p, Value x, Operators ops) {
        long[] target = p.getTargetShape();
        long size = Dims.product(Dims.ofExample(x.dims()));
        boolean withExamples = Dims.product(target) != size && Dims.product(Dims.ofExample(target)) == size;
        long[] ofExample = withExamples || p.isHasMiniBatchDimension() ? Dims.ofExample(target) : target;
        if (Dims.product(ofExample) != size) {
            throw new NotExportable("a reshape must keep the number of values, got " + Arrays.toString(target) + " for "
                    + size + " values");
        }
        return ops.reshape(x, Dims.batched(x.size(0), ofExample));
    }
}
