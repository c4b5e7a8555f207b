package io.github.dl4jprune;

import java.util.List;

/**
 * What {@link FilterSketch} did to one group of channels.
 *
 * @param name name of the group: its first layer
 * @param layers the layers that produce its channels
 * @param readers layers whose weights read them; sketched too, along their input channels, if the group is
 * @param width number of its channels before
 * @param requested number of channels it was asked to keep
 * @param kept number of channels it has now
 * @param treatment what was done
 * @param note why it is no sketch, or why kept is not what was requested; may be empty
 */
public record SketchedGroup(
        String name,
        List<String> layers,
        List<String> readers,
        int width,
        int requested,
        int kept,
        Treatment treatment,
        String note) {
    /** What was done to a group. */
    public enum Treatment {
        /** Its filters are new, a sketch of the old ones. */
        SKETCHED,
        /** Some of its channels were removed, chosen by a criterion; the others are as they were. */
        SELECTED,
        /** All of its channels are there, as they were. */
        LEFT_ALONE
    }

    /** Copies the lists. */
    public SketchedGroup {
        layers = List.copyOf(layers);
        readers = List.copyOf(readers);
    }
}
