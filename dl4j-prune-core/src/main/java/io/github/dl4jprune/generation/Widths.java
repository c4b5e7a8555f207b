package io.github.dl4jprune.generation;

import io.github.dl4jprune.mask.ChannelMask;
import java.util.List;
import java.util.OptionalInt;

/** The widths that a network may have: vectors of whole numbers, one an independent width, each from 1 to {@link #levels}. */
public interface Widths {
    /** Number of independent widths. */
    int dimensions();

    /** Largest entry of a vector. */
    int levels();

    /** Which channels a vector leaves out. A larger entry keeps all that a smaller one keeps. */
    ChannelMask mask(List<Integer> entries);

    /**
     * The width that a channel belongs to; empty for a channel that always stays.
     *
     * @param classNumber as in {@link io.github.dl4jprune.channel.ChannelGraph#classOf}
     */
    OptionalInt dimensionOf(int classNumber);
}
