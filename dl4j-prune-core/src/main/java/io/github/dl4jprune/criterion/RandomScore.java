package io.github.dl4jprune.criterion;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The control arm of every comparison: each channel scores a uniform random number in [0, 1), drawn independently of
 * the layer's width, so that a global ranking favours no layer.
 *
 * <p>The same seed and layer name give the same scores. ND4J's global generator is not touched.
 *
 * @param seed any number
 */
public record RandomScore(long seed) implements Criterion {
    @Override
    public String name() {
        return "random";
    }

    /**
     * Draws the scores of one layer.
     *
     * @param layer the layer's name; layers of different names get independent scores
     * @param channels number of scores, at least 1
     * @return scores, shape {@code [channels]}, DOUBLE, in [0, 1)
     */
    public INDArray score(String layer, int channels) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + layer.hashCode());
        return Nd4j.createFromArray(random.doubles(channels).toArray()).castTo(DataType.DOUBLE);
    }
}
