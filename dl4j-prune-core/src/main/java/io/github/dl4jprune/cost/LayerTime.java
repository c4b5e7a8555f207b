package io.github.dl4jprune.cost;

/** How long one forward pass of a layer takes at given widths: measured, remembered or, in tests, made up. */
@FunctionalInterface
public interface LayerTime {
    /**
     * The time.
     *
     * @param layer which layer
     * @param in number of channels it reads, at least 1
     * @param out number of its units, at least 1
     * @return milliseconds
     */
    double millis(TimedLayer layer, int in, int out);

    /**
     * Measures again, at several moments, what was measured only once; medians count from then on.
     *
     * @param progress told after each repetition
     * @return whether there was anything of that kind
     */
    default boolean settle(Repetitions progress) {
        return false;
    }

    /** Is told how far measuring again is. */
    @FunctionalInterface
    interface Repetitions {
        /** So many repetitions are done, of so many. */
        void repeated(int done, int all);
    }
}
