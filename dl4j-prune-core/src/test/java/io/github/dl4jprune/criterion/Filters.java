package io.github.dl4jprune.criterion;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Filters that tests share. */
final class Filters {
    private Filters() {}

    /** The five filters of two weights for which the golden values were worked out. */
    static INDArray five() {
        return Nd4j.createFromArray(new double[][] {{0, 0}, {1, 0}, {0, 1}, {3, 4}, {0.4, 0.3}});
    }

    /** Normally distributed weights in DOUBLE. */
    static INDArray random(long seed, int filters, int weights) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[filters][weights];
        for (double[] row : values) {
            for (int i = 0; i < weights; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return Nd4j.createFromArray(values);
    }
}
