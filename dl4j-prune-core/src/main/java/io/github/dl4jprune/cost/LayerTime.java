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
}
