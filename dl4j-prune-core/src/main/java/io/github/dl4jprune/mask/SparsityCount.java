package io.github.dl4jprune.mask;

/** How many of n values or channels a sparsity removes, counted in one way everywhere. */
public final class SparsityCount {
    private static final double ROUNDING = 1e-9;

    private SparsityCount() {}

    /**
     * {@code floor(n S + 1e-9)}: the small term keeps products such as 10 x 0.3, which binary arithmetic puts just below a
     * whole number, from losing one.
     *
     * @param total n, at least 0
     * @param sparsity S in [0, 1]
     * @return how many are removed, at most n
     */
    public static int removed(int total, double sparsity) {
        return (int) Math.floor(total * sparsity + ROUNDING);
    }
}
