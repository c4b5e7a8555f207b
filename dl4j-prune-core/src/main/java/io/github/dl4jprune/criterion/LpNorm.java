package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The p-norm of a filter, {@code (sum |w|^p)^(1/p)}: large p looks at the largest weights, p below 1 (no norm any more,
 * but still a ranking) counts how many weights are not small. Weights are divided by the filter's largest first, so that
 * no power overflows. Time and memory: a few passes over the weights.
 *
 * @param p finite and greater than 0; 1 and 2 rank as {@link L1Norm} and {@link L2Norm} do
 * @see <a href="https://arxiv.org/abs/1608.08710">Li et al. (2017), section 3.1, for p = 1 and 2</a>
 */
public record LpNorm(double p) implements FilterCriterion {
    /** Checks the exponent. */
    public LpNorm {
        if (!(p > 0 && Double.isFinite(p))) {
            throw new IllegalArgumentException("p must be finite and > 0, got " + p);
        }
    }

    @Override
    public String name() {
        return "lp(" + p + ")";
    }

    @Override
    public INDArray score(INDArray filters) {
        INDArray magnitudes = Transforms.abs(Scores.rows("filters", filters), true);
        INDArray largest = magnitudes.max(1);
        INDArray divisors = largest.add(largest.eq(0).castTo(largest.dataType()));
        INDArray sums =
                Transforms.pow(magnitudes.diviColumnVector(divisors), p, false).sum(1);
        return Scores.of(Transforms.pow(sums, 1 / p, false).muli(largest), filters.dataType());
    }
}
