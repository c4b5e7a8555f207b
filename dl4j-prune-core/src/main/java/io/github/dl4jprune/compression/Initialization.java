package io.github.dl4jprune.compression;

import java.util.Locale;

/** Where Lloyd's iteration starts. */
public enum Initialization {
    /**
     * Evenly spaced between the smallest and the largest weight: few centroids where most weights are, many for the large
     * weights, which matter most. The paper's choice.
     */
    LINEAR,
    /** At evenly spaced quantiles: most centroids where most weights are. */
    DENSITY,
    /** At distinct weights drawn at random (Forgy). */
    RANDOM;

    /** The name by which configuration files know it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
