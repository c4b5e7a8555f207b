package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which channels of a network are pruned. Channels that must go together are pruned together: naming one prunes its
 * whole class. Immutable.
 */
public final class ChannelMask {
    private final ChannelGraph graph;
    private final BitSet prunedClasses;

    private ChannelMask(ChannelGraph graph, BitSet prunedClasses) {
        this.graph = graph;
        this.prunedClasses = prunedClasses;
    }

    /** The mask that prunes nothing. */
    public static ChannelMask none(ChannelGraph graph) {
        return new ChannelMask(graph, new BitSet());
    }

    /**
     * Prunes the given classes.
     *
     * @param classes class numbers as in {@link io.github.dl4jprune.channel.ChannelGroup#classes}
     * @throws IllegalArgumentException if one of them is pinned, or if nothing would be left of some activation
     */
    public static ChannelMask ofClasses(ChannelGraph graph, Collection<Integer> classes) {
        BitSet pruned = new BitSet(graph.size());
        for (int classNumber : classes) {
            graph.pin(classNumber).ifPresent(pin -> {
                throw new IllegalArgumentException("channel class " + classNumber + " must not be pinned, got "
                        + pin.reason() + " at node \"" + pin.node() + "\"");
            });
            pruned.set(classNumber);
        }
        ChannelMask mask = new ChannelMask(graph, pruned);
        mask.requireNothingEmptied();
        return mask;
    }

    /**
     * Prunes the given classes as far as that leaves something of every activation: where a layer would be emptied, its
     * classes with the lowest numbers stay.
     *
     * @param classes class numbers as in {@link io.github.dl4jprune.channel.ChannelGroup#classes}
     * @throws IllegalArgumentException if one of them is pinned
     */
    public static ChannelMask ofAsManyAs(ChannelGraph graph, Collection<Integer> classes) {
        return LargestMask.of(graph, classes);
    }

    /**
     * Prunes the given channels.
     *
     * @param channels for each layer the indices of its units to prune, as in {@link ChannelGraph#unitIds}
     * @throws IllegalArgumentException if a layer or channel does not exist or is pinned, or if nothing would be left
     */
    public static ChannelMask ofChannels(ChannelGraph graph, Map<String, int[]> channels) {
        BitSet classes = new BitSet(graph.size());
        channels.forEach((layer, indices) -> {
            int[] ids = graph.unitIds(layer)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "layer \"" + layer + "\" must be one of " + graph.nodesWithUnits()));
            for (int index : indices) {
                if (index < 0 || index >= ids.length || ids[index] == ParameterAxis.FIXED) {
                    throw new IllegalArgumentException("layer \"" + layer + "\": channel must be removable and in [0, "
                            + ids.length + "), got " + index);
                }
                classes.set(graph.classOf(ids[index]));
            }
        });
        return ofClasses(graph, classes.stream().boxed().toList());
    }

    /** The graph whose channels this mask prunes. */
    public ChannelGraph graph() {
        return graph;
    }

    /** Prunes what either mask prunes. */
    public ChannelMask or(ChannelMask other) {
        if (other.graph != graph) {
            throw new IllegalArgumentException("masks must be over the same channel graph");
        }
        BitSet both = (BitSet) prunedClasses.clone();
        both.or(other.prunedClasses);
        return ofClasses(graph, both.stream().boxed().toList());
    }

    /** Whether nothing is pruned. */
    public boolean isEmpty() {
        return prunedClasses.isEmpty();
    }

    /** Whether the channel of that id is pruned; {@link ParameterAxis#FIXED} never is. */
    public boolean prunes(int id) {
        return id != ParameterAxis.FIXED && prunedClasses.get(graph.classOf(id));
    }

    /** Number of pruned classes. */
    public int prunedClasses() {
        return prunedClasses.cardinality();
    }

    /** The positions of {@code ids} that stay, in order. */
    public int[] kept(int[] ids) {
        return IntStream.range(0, ids.length).filter(i -> !prunes(ids[i])).toArray();
    }

    /** For every layer whose own parameters channels index: the units it keeps, as original indices. */
    public Map<String, int[]> keptUnits() {
        Map<String, int[]> kept = new TreeMap<>();
        for (String node : graph.nodesWithUnits()) {
            graph.unitIds(node).ifPresent(ids -> kept.put(node, kept(ids)));
        }
        return kept;
    }

    private void requireNothingEmptied() {
        for (ParameterAxis axis : graph.axes()) {
            int length = axis.ids().length;
            int kept = kept(axis.ids()).length;
            if (kept < Math.min(axis.least(), length)) {
                throw new IllegalArgumentException("layer \"" + axis.node() + "\", parameter \"" + axis.key()
                        + "\": at least " + axis.least() + " positions along axis " + axis.axis()
                        + " must be kept, got " + kept + " of " + length);
            }
        }
    }

    /** Classes pruned, in increasing order. */
    public List<Integer> classes() {
        return prunedClasses.stream().boxed().toList();
    }
}
