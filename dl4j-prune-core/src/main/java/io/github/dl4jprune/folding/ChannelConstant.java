package io.github.dl4jprune.folding;

/** What is known of one position of a channel axis when the weights that produce pruned channels are zero. */
sealed interface ChannelConstant {
    /** The channel stays. */
    Live LIVE = new Live();

    /** A channel that stays: its values depend on the input. */
    record Live() implements ChannelConstant {}

    /**
     * A pruned channel that has one value whatever the input.
     *
     * @param value the value; away from the borders, if they differ
     * @param everywhere whether all pixels or time steps have it; false if those near a border differ
     */
    record Held(double value, boolean everywhere) implements ChannelConstant {
        /** Whether there is nothing to fold, not even at a border. */
        boolean isZero() {
            return value == 0 && everywhere;
        }
    }

    /**
     * A pruned channel whose values are not followed.
     *
     * @param reason why, with the name of the node
     */
    record Unknown(String reason) implements ChannelConstant {}
}
