package io.github.dl4jprune.training;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossUtil;

/** A loss of logits: what it is for an example, and its slope, say all. The output layer's activation function plays no part of its own. */
public interface LogitLoss extends ILossFunction {
    @Override
    default double computeScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray exampleMask, boolean average) {
        double sum = computeScoreArray(labels, logits, activation, exampleMask)
                .sumNumber()
                .doubleValue();
        return average ? sum / logits.size(0) : sum;
    }

    @Override
    default Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray exampleMask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, activation, exampleMask, average),
                computeGradient(labels, logits, activation, exampleMask));
    }

    /** The array with the examples at 0 that the mask leaves out; changed in place. */
    static INDArray masked(INDArray array, @Nullable INDArray exampleMask) {
        if (exampleMask != null) {
            LossUtil.applyMask(array, exampleMask);
        }
        return array;
    }
}
