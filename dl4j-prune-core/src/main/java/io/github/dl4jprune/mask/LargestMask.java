package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The mask of as many of some channels as can go. */
final class LargestMask {
    private LargestMask() {}

    /** Gives channels back, the lowest first, where a layer would otherwise be empty. */
    static ChannelMask of(ChannelGraph graph, Collection<Integer> wanted) {
        Set<Integer> classes = new TreeSet<>(wanted);
        for (ParameterAxis axis : graph.axes()) {
            int[] ids = axis.ids();
            int staying = (int) IntStream.of(ids)
                    .filter(id -> id == ParameterAxis.FIXED || !classes.contains(graph.classOf(id)))
                    .count();
            for (int i = 0; i < ids.length && staying < Math.min(axis.least(), ids.length); i++) {
                if (ids[i] != ParameterAxis.FIXED && classes.remove(graph.classOf(ids[i]))) {
                    staying++;
                }
            }
        }
        return ChannelMask.ofClasses(graph, classes);
    }
}
