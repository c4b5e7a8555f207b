package io.github.dl4jprune.datasets;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** In which order one epoch visits the examples, and the random numbers that belong to each of its places. */
final class EpochOrder implements Serializable {
    private static final long EPOCH = 0xD1342543DE82EF95L;
    private static final long PLACE = 0xAF251AF3B0F025B5L;

    private final int epoch;
    private final long seed;
    private final int @Nullable [] order;

    /** File order if the seed is null, otherwise a permutation that seed and epoch determine. */
    EpochOrder(@Nullable Long seed, int epoch, int examples) {
        this.epoch = epoch;
        // odd multipliers keep different epochs, and different places below, from sharing a stream
        this.seed = (seed == null ? 0 : new SplittableRandom(seed).nextLong()) + epoch * EPOCH;
        this.order = seed == null ? null : permutation(new SplittableRandom(this.seed), examples);
    }

    int epoch() {
        return epoch;
    }

    /** Which example comes at a place. */
    int example(int place) {
        return order == null ? place : order[place];
    }

    /** The random numbers for the augmentation of one place. */
    SplittableRandom random(int place) {
        return new SplittableRandom(seed + (place + 1) * PLACE);
    }

    /** Fisher and Yates' shuffle. */
    private static int[] permutation(SplittableRandom random, int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
