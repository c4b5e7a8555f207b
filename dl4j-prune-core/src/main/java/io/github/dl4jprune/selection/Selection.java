package io.github.dl4jprune.selection;

import io.github.dl4jprune.mask.ChannelMask;
import java.util.List;

/**
 * The outcome of a selection.
 *
 * @param mask what to prune
 * @param groups group by group, in network order
 * @param note what holds for the selection as a whole, such as a budget that could not be hit closely; may be empty
 */
public record Selection(ChannelMask mask, List<GroupSelection> groups, String note) {
    /** Copies the list. */
    public Selection {
        groups = List.copyOf(groups);
    }
}
