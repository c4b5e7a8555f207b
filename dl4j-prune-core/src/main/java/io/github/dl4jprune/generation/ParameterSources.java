package io.github.dl4jprune.generation;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decides where each parameter of a network comes from. */
final class ParameterSources {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;
    private final Widths widths;
    private final RandomGenerator random;
    private @Nullable Masked last;

    ParameterSources(NetworkView<? extends Model> network, ChannelGraph graph, Widths widths, RandomGenerator random) {
        this.network = network;
        this.graph = graph;
        this.widths = widths;
        this.random = random;
    }

    /**
     * The source of one parameter: shared where its widths never vary, a table for vectors, generated otherwise.
     *
     * @param values what it is now, as a vector in the order in which the network stores it
     */
    ParameterSource of(String node, String key, INDArray values) {
        List<ParameterAxis> axes = graph.axes(node).stream()
                .filter(axis -> axis.key().equals(key) && varies(axis))
                .toList();
        boolean trained = !RunningStatistics.include(key) && !network.frozen(node);
        if (axes.isEmpty() || !trained) {
            return new SharedParameter(new Momentum(values.dup()), trained);
        }
        if (axes.size() == 1 && axes.get(0).ids().length == values.length()) {
            return new WidthTable(values, dimensions(axes.get(0)), widths.levels());
        }
        return new GeneratedParameter(values, encoding(axes), axes.size(), random);
    }

    private boolean varies(ParameterAxis axis) {
        return Arrays.stream(dimensions(axis)).anyMatch(dimension -> dimension >= 0);
    }

    private int[] dimensions(ParameterAxis axis) {
        return Arrays.stream(axis.ids())
                .map(id -> id == ParameterAxis.FIXED
                        ? -1
                        : widths.dimensionOf(graph.classOf(id)).orElse(-1))
                .toArray();
    }

    /** The fraction of positions that widths keep along each axis. */
    private Function<List<Integer>, double[]> encoding(List<ParameterAxis> axes) {
        return entries -> {
            ChannelMask mask = mask(entries);
            return axes.stream()
                    .mapToDouble(axis -> mask.kept(axis.ids()).length / (double) axis.ids().length)
                    .toArray();
        };
    }

    /** All parameters ask for the same widths, one after the other. */
    private ChannelMask mask(List<Integer> entries) {
        if (last == null || !last.entries.equals(entries)) {
            last = new Masked(List.copyOf(entries), widths.mask(entries));
        }
        return last.mask;
    }

    private record Masked(List<Integer> entries, ChannelMask mask) {}
}
