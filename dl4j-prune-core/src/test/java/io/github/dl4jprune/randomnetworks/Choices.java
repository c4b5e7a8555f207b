package io.github.dl4jprune.randomnetworks;

import java.util.List;
import java.util.SplittableRandom;

/** Draws that say what they draw, from one seed. */
final class Choices {
    private final SplittableRandom random;

    Choices(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Both ends included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    double between(double low, double high) {
        return random.nextDouble(low, high);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double gaussian() {
        return random.nextGaussian();
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    long seed() {
        return random.nextLong(Integer.MAX_VALUE);
    }
}
