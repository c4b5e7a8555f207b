package io.github.dl4jprune.training;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The loss of {@link Distillation}, on labels {@code [examples, 2 classes]}: the true labels, then the teacher's
 * softened probabilities. It is applied to logits; the output layer's softmax is part of it.
 *
 * @param weight share of the teacher, in [0, 1]
 * @param temperature of both softened distributions, {@code > 0}
 */
record DistillationLoss(
        @JsonProperty("weight") double weight,
        @JsonProperty("temperature") double temperature) implements LogitLoss {

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation softmax, @Nullable INDArray exampleMask) {
        INDArray taught = part(labels, logits, 1);
        INDArray divergence = Transforms.log(Transforms.max(taught, Float.MIN_NORMAL, true), false)
                .subi(logSoftmax(logits.div(temperature)))
                .muli(taught)
                .muli(weight * temperature * temperature);
        INDArray crossEntropy = part(labels, logits, 0).mul(logSoftmax(logits)).muli(1 - weight);
        INDArray scores = divergence.subi(crossEntropy).sum(true, 1);
        return LogitLoss.masked(scores, exampleMask);
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray logits, IActivation softmax, @Nullable INDArray exampleMask) {
        INDArray soft = Transforms.softmax(logits.div(temperature), false)
                .subi(part(labels, logits, 1))
                .muli(weight * temperature);
        INDArray hard =
                Transforms.softmax(logits, true).subi(part(labels, logits, 0)).muli(1 - weight);
        return LogitLoss.masked(soft.addi(hard), exampleMask);
    }

    @Override
    public String name() {
        return toString();
    }

    private static INDArray part(INDArray labels, INDArray logits, int half) {
        long classes = logits.size(1);
        return labels.get(NDArrayIndex.all(), NDArrayIndex.interval(half * classes, (half + 1) * classes))
                .castTo(logits.dataType());
    }

    /** Finite for all finite logits, where the logarithm of ND4J's softmax is not. */
    private static INDArray logSoftmax(INDArray logits) {
        INDArray shifted = logits.subColumnVector(logits.max(true, 1));
        INDArray sums = Transforms.exp(shifted, true).sum(true, 1);
        return shifted.subiColumnVector(Transforms.log(sums, false));
    }
}
