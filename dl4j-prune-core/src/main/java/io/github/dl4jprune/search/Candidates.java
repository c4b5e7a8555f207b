package io.github.dl4jprune.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.generation.Widths;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** From vectors to what they leave of a network. */
final class Candidates implements Widths {
    private final WidthDimensions dimensions;
    private final WidthScale scale;
    private final ChannelSensitivity channels;
    private final CostModel costs;
    private final Cost whole;
    private final Map<Integer, Integer> dimensionOf = new HashMap<>();

    Candidates(
            ChannelGraph graph,
            WidthDimensions dimensions,
            WidthScale scale,
            ChannelSensitivity channels,
            CostModel costs) {
        this.dimensions = dimensions;
        this.scale = scale;
        this.channels = channels;
        this.costs = costs;
        this.whole = costs.of(ChannelMask.none(graph));
        for (int i = 0; i < dimensions.size(); i++) {
            for (ChannelGroup group : dimensions.groups(i)) {
                int dimension = i;
                group.classes().forEach(number -> dimensionOf.put(number, dimension));
            }
        }
    }

    @Override
    public int dimensions() {
        return dimensions.size();
    }

    @Override
    public int levels() {
        return scale.levels();
    }

    @Override
    public ChannelMask mask(List<Integer> entries) {
        return channels.mask(dimensions.sparsities(entries, scale));
    }

    @Override
    public OptionalInt dimensionOf(int classNumber) {
        Integer dimension = dimensionOf.get(classNumber);
        return dimension == null ? OptionalInt.empty() : OptionalInt.of(dimension);
    }

    /** Multiply-adds left, as a fraction. */
    double macs(List<Integer> entries) {
        return whole.macs() == 0 ? 1 : (double) cost(entries).macs() / whole.macs();
    }

    Cost cost(List<Integer> entries) {
        return costs.of(mask(entries));
    }

    /** What the whole network costs. */
    Cost whole() {
        return whole;
    }

    WidthEvaluation evaluation(int number, List<Integer> entries, double fitness) {
        return new WidthEvaluation(number, entries, dimensions.sparsities(entries, scale), macs(entries), fitness);
    }
}
