package io.github.dl4jprune.channel;

import io.github.dl4jprune.network.NetworkView;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;

/**
 * Which channel of which tensor is which, for one network.
 *
 * <p>Every channel that a layer produces has a number (its id). Channels that must go together, such as those that a
 * residual addition sums, form a class, named by its smallest id; a class is the smallest thing that can be removed. Of
 * every parameter the graph knows which positions along which axis belong to which channel, so that removing a class
 * means dropping those positions everywhere. Building it is linear in the number of channels.
 *
 * <p>Immutable; knows the network's structure, not its values.
 *
 * @see <a href="https://arxiv.org/abs/2301.12900">Fang et al. (2023), DepGraph, for the same question answered by
 *     propagating index lists</a>
 */
public final class ChannelGraph {
    private final Trace trace;
    private final int[] classOf;
    private final Map<Integer, Pin> pinnedClasses;
    private final List<ChannelGroup> groups;
    private final List<ParameterAxis> axes;
    private final Map<String, List<ParameterAxis>> axesByNode;

    ChannelGraph(Trace trace) {
        this.trace = trace;
        this.classOf = new int[trace.channels.size()];
        Arrays.setAll(classOf, trace.channels::find);
        this.pinnedClasses = new LinkedHashMap<>();
        trace.pins.forEach((id, pin) -> pinnedClasses.putIfAbsent(classOf[id], pin));
        this.groups = Grouping.groups(trace, classOf, pinnedClasses);
        this.axes = List.copyOf(trace.axes);
        this.axesByNode = axes.stream().collect(Collectors.groupingBy(ParameterAxis::node));
    }

    /** Analyses a network. */
    public static ChannelGraph of(NetworkView<? extends Model> network) {
        return new GraphWalk(network).walk();
    }

    /** Groups of channels that may be removed, in network order. */
    public List<ChannelGroup> groups() {
        return groups;
    }

    /** Every axis of every parameter that channels index. */
    public List<ParameterAxis> axes() {
        return axes;
    }

    /** Those that count what producers put out, along their own weights and biases. */
    public List<ParameterAxis> producerAxes() {
        Set<String> producers = Set.copyOf(producers());
        return axes.stream()
                .filter(axis -> axis.side() == ParameterAxis.Side.OUTPUT && producers.contains(axis.node()))
                .toList();
    }

    /** Those of one node; none if channels index none of its parameters. */
    public List<ParameterAxis> axes(String node) {
        return Collections.unmodifiableList(axesByNode.getOrDefault(node, List.of()));
    }

    /** Number of ids; ids run from 0. */
    public int size() {
        return classOf.length;
    }

    /** The class of an id. */
    public int classOf(int id) {
        return classOf[id];
    }

    /** Why the class of that number cannot be removed, if so. */
    public Optional<Pin> pin(int classNumber) {
        return Optional.ofNullable(pinnedClasses.get(classNumber));
    }

    /** The layers that produce channels, frozen ones included, in network order. */
    public List<String> producers() {
        return trace.producers.stream().distinct().toList();
    }

    /**
     * The channels a node reads, behind its preprocessor, as ids along the channel axis ({@link ParameterAxis#FIXED}
     * for those that are never removed); empty if their number is not known.
     */
    public Optional<int[]> inputIds(String node) {
        return ids(trace.inputs.get(node));
    }

    /** The channels a node puts out, likewise. */
    public Optional<int[]> outputIds(String node) {
        return ids(trace.outputs.get(node));
    }

    /** Axis of the channels in what a node puts out: 1 in channels-first layouts. */
    public int channelAxis(String node) {
        Activation output = trace.outputs.get(node);
        if (output == null) {
            throw new IllegalArgumentException("node \"" + node + "\" must be one of " + trace.outputs.keySet());
        }
        return output.axis();
    }

    /**
     * The channels that index a layer's own parameters on its output side: the units of an LSTM, the channels of a
     * convolution or a batch normalisation; empty for nodes without such parameters.
     */
    public Optional<int[]> unitIds(String node) {
        return Optional.ofNullable(trace.units.get(node)).map(int[]::clone);
    }

    /** Nodes that have {@link #unitIds}, in network order. */
    public List<String> nodesWithUnits() {
        return List.copyOf(trace.units.keySet());
    }

    private static Optional<int[]> ids(@org.jspecify.annotations.Nullable Activation activation) {
        return activation == null || activation.isOpaque()
                ? Optional.empty()
                : Optional.of(activation.ids().clone());
    }
}
