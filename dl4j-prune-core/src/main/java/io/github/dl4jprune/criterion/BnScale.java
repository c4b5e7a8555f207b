package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The absolute scale of the batch normalisation behind a channel, {@code |gamma|}: the normalised channel is multiplied
 * by it, so near 0 the channel is all but constant. Meant for networks trained with an L1 penalty on gamma.
 *
 * @see <a href="https://arxiv.org/abs/1708.06519">Liu et al. (2017), Network Slimming</a>
 */
public record BnScale() implements ScaleCriterion {
    @Override
    public String name() {
        return "bn-scale";
    }

    @Override
    public INDArray score(INDArray scale) {
        return Scores.of(Transforms.abs(Scores.vector("scale", scale), true), scale.dataType());
    }
}
