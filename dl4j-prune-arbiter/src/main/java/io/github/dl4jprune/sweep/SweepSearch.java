package io.github.dl4jprune.sweep;

import java.util.Locale;

/** How candidates are drawn from a space. */
public enum SweepSearch {
    /** Every combination, the ranges cut into equal steps. */
    GRID,
    /** At random. */
    RANDOM;

    /** The name in configuration files: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
