package io.github.dl4jprune.criterion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;
import java.util.UUID;
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
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "layer \"" + layer + "\": number of channels must be at least 1, got " + channels);
        }
        // Both are scrambled: generators whose seeds differ by a multiple of the step would repeat each other, shifted.
        long scrambledSeed = new SplittableRandom(seed).nextLong();
        long scrambledName = UUID.nameUUIDFromBytes(layer.getBytes(UTF_8)).getMostSignificantBits();
        SplittableRandom random = new SplittableRandom(scrambledSeed ^ scrambledName);
        return Nd4j.createFromArray(random.doubles(channels).toArray());
    }
}
