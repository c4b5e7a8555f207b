package io.github.dl4jprune.schedule;

/** The range of a sparsity. */
final class Sparsities {
    private Sparsities() {}

    static void require(String name, double sparsity) {
        if (!(sparsity >= 0 && sparsity < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), got " + sparsity);
        }
    }
}
