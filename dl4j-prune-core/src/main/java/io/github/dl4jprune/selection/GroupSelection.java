package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGroup;
import java.util.List;

/**
 * What was asked of a group, what was done, and why they differ.
 *
 * @param group the group
 * @param requested number of channels it was asked to keep; with a global ranking or a budget, what it was left with
 * @param kept number of channels it keeps
 * @param pruned classes removed
 * @param note why kept is not requested, or what else is worth knowing; may be empty
 */
public record GroupSelection(ChannelGroup group, int requested, int kept, List<Integer> pruned, String note) {
    /** Copies the list. */
    public GroupSelection {
        pruned = List.copyOf(pruned);
    }
}
