package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.mask.SparsityCount;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far one group may go, and in which steps. A step removes the lowest-ranked channels down to the next allowed
 * width.
 */
final class GroupPlan {
    private final ChannelGroup group;
    private final List<Integer> order;
    private final OptionalDouble override;
    private final boolean ignored;
    private final List<Integer> levels;

    /**
     * Plans a group.
     *
     * @param order classes that may be removed, lowest score first; those that must stay are left out
     * @param override sparsity set for this group alone
     * @param ignored whether the group keeps all
     */
    GroupPlan(ChannelGroup group, List<Integer> order, OptionalDouble override, boolean ignored, int multipleOf) {
        this.group = group;
        this.order = List.copyOf(order);
        this.override = override;
        this.ignored = ignored;
        this.levels = levels(group.width(), group.width() - order.size(), multipleOf);
    }

    /** Numbers of removed channels that leave a multiple, ascending, 0 included. */
    private static List<Integer> levels(int width, int least, int multipleOf) {
        List<Integer> result = new ArrayList<>(List.of(0));
        for (int kept = width - 1; kept >= Math.max(1, least); kept--) {
            if (kept % multipleOf == 0) {
                result.add(width - kept);
            }
        }
        return result;
    }

    ChannelGroup group() {
        return group;
    }

    OptionalDouble override() {
        return override;
    }

    boolean ignored() {
        return ignored;
    }

    /** Whether the common sparsity or budget decides over this group. */
    boolean free() {
        return !ignored && override.isEmpty();
    }

    /** Number of channels that a sparsity removes: floor(width * sparsity), always leaving one. */
    int removedAt(double sparsity) {
        return Math.min(group.width() - 1, SparsityCount.removed(group.width(), sparsity));
    }

    /** The largest allowed number of removed channels that is no more than {@code wanted}. */
    int allowed(int wanted) {
        return levels.stream().filter(level -> level <= wanted).reduce(0, Math::max);
    }

    List<Integer> levels() {
        return levels;
    }

    /** The classes removed when so many are. */
    List<Integer> firstRemoved(int count) {
        return order.subList(0, count);
    }

    /** Most channels this group can lose. */
    int most() {
        return levels.get(levels.size() - 1);
    }
}
