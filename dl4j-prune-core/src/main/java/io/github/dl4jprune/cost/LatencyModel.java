package io.github.dl4jprune.cost;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.ActivationTypes;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * How long an inference pass takes under any channel mask: the measured times of the layers with multiply-adds at their
 * widths, plus what the rest takes, {@code constant + slope * (values that other layers and vertices put out)}. Constant and
 * slope come from timing the whole network at two widths ({@link #calibrated}); before that both are 0.
 *
 * <p>Layers of equal shape are measured once, each point when it is first asked for.
 */
public final class LatencyModel {
    private final ChannelGraph graph;
    private final List<Timed> layers;
    private final List<Rest> others;
    private final double constant;
    private final double slope;

    /** A layer with a table. */
    private record Timed(LayerTable table, int[] in, int[] out) {}

    /** A node without one: so many values for each channel. */
    private record Rest(long values, int[] channels) {}

    /**
     * A summand of the time.
     *
     * @param in ids of the channels it reads; may be empty
     * @param out ids of its units
     * @param millis from the widths of both to milliseconds
     */
    public record Part(int[] in, int[] out, Time millis) {
        /** The time of a part by its widths. */
        @FunctionalInterface
        public interface Time {
            /** Milliseconds where so many channels are read and put out. */
            double at(int in, int out);
        }
    }

    private LatencyModel(ChannelGraph graph, List<Timed> layers, List<Rest> others, double constant, double slope) {
        this.graph = graph;
        this.layers = layers;
        this.others = others;
        this.constant = constant;
        this.slope = slope;
    }

    /**
     * Prepares the model; measures nothing yet.
     *
     * @param network the network
     * @param graph its channel graph
     * @param inputTypes the size of one example
     * @param time what measures
     */
    public static LatencyModel of(
            NetworkView<? extends Model> network, ChannelGraph graph, InputTypes inputTypes, LayerTime time) {
        ActivationTypes types = ActivationTypes.of(network.structure(), inputTypes.types());
        List<Timed> layers = new ArrayList<>();
        List<Rest> others = new ArrayList<>();
        Map<String, LayerTable> tables = new HashMap<>();
        for (NetworkNode node : network.structure().nodes()) {
            Optional<Timed> timed = timed(node, graph, types, time, tables);
            timed.ifPresent(layers::add);
            if (timed.isEmpty() && !(node.content() instanceof Input)) {
                long values =
                        types.written(node.name()).map(ActivationTypes::size).orElse(1L);
                graph.outputIds(node.name()).ifPresent(ids -> others.add(new Rest(values, ids)));
            }
        }
        return new LatencyModel(graph, layers, others, 0, 0);
    }

    private static Optional<Timed> timed(
            NetworkNode node,
            ChannelGraph graph,
            ActivationTypes types,
            LayerTime time,
            Map<String, LayerTable> tables) {
        Optional<InputType> read = types.read(node.name());
        Optional<InputType> written = types.written(node.name());
        Optional<int[]> in = graph.inputIds(node.name());
        Optional<int[]> out = graph.unitIds(node.name());
        if (!(node.content() instanceof LayerContent content)
                || read.isEmpty()
                || written.isEmpty()
                || in.isEmpty()
                || out.isEmpty()
                || MacRules.of(content.layer(), read.get(), written.get()).equals(LayerMacs.NONE)) {
            return Optional.empty();
        }
        TimedLayer layer = new TimedLayer(content.layer(), read.get());
        WidthGrid inGrid = grid(in.get(), graph);
        WidthGrid outGrid = grid(out.get(), graph);
        String shape = layer.key() + " " + in.get().length + " " + inGrid.size() + " " + out.get().length + " "
                + outGrid.size();
        LayerTable table = tables.computeIfAbsent(shape, key -> new LayerTable(layer, inGrid, outGrid, time));
        return Optional.of(new Timed(table, in.get(), out.get()));
    }

    private static WidthGrid grid(int[] ids, ChannelGraph graph) {
        boolean fixed = Arrays.stream(ids)
                .allMatch(id -> id == ParameterAxis.FIXED
                        || graph.pin(graph.classOf(id)).isPresent());
        return fixed ? WidthGrid.fixed(ids.length) : WidthGrid.of(ids.length);
    }

    /**
     * The model with the rest fitted to two timings of the whole network, {@code constant} free and {@code slope >= 0}.
     *
     * @param dense milliseconds of the network as it is
     * @param mask a mask that prunes much of every group
     * @param pruned milliseconds of what that mask leaves
     */
    public LatencyModel calibrated(double dense, ChannelMask mask, double pruned) {
        ChannelMask none = ChannelMask.none(graph);
        double values = values(none);
        double fewer = values - values(mask);
        double rest = dense - layerMillis(none);
        double perValue = fewer > 0 ? (rest - (pruned - layerMillis(mask))) / fewer : 0;
        double steepest = values > 0 ? Math.max(0, rest) / values : 0;
        double fitted = Math.min(steepest, Math.max(0, perValue));
        return new LatencyModel(graph, layers, others, rest - fitted * values, fitted);
    }

    /** Asks again for every layer time that is known; to be {@linkplain #calibrated calibrated} anew. */
    public void refresh() {
        layers.stream().map(Timed::table).distinct().forEach(LayerTable::refresh);
    }

    /** Milliseconds of a pass through what the mask leaves. */
    public double millis(ChannelMask mask) {
        return constant + slope * values(mask) + layerMillis(mask);
    }

    /** Milliseconds that do not depend on any width. */
    public double constant() {
        return constant;
    }

    /** Everything that depends on widths, summand by summand. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        layers.forEach(layer -> parts.add(new Part(layer.in, layer.out, layer.table::millis)));
        others.forEach(rest -> parts.add(new Part(new int[0], rest.channels, (in, out) -> slope * rest.values * out)));
        return parts;
    }

    /** Number of layers with measured times. */
    public int measuredLayers() {
        return layers.size();
    }

    /** Number of points that have been asked for so far. */
    public int measuredPoints() {
        return layers.stream()
                .map(Timed::table)
                .distinct()
                .mapToInt(LayerTable::measured)
                .sum();
    }

    /** Number of points of all grids: no more are ever measured. */
    public int points() {
        return layers.stream()
                .map(Timed::table)
                .distinct()
                .mapToInt(LayerTable::points)
                .sum();
    }

    private double layerMillis(ChannelMask mask) {
        return layers.stream()
                .mapToDouble(layer -> layer.table.millis(mask.kept(layer.in).length, mask.kept(layer.out).length))
                .sum();
    }

    private double values(ChannelMask mask) {
        return others.stream()
                .mapToDouble(rest -> (double) rest.values * mask.kept(rest.channels).length)
                .sum();
    }
}
