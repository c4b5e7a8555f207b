package io.github.dl4jprune.sketch;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.channel.ParameterAxis.Side;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which groups of channels may be replaced by a sketch: those that one layer makes by one array of weights, that others
 * read by one array of weights each, and that meet nothing in between that knows them one by one but batch normalisation,
 * whose parameters can begin anew. Inner widths of residual blocks and of plain chains are such; residual streams are not.
 */
public final class SketchSites {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;
    private final Map<ChannelGroup, List<ParameterAxis>> axes = new HashMap<>();
    private final int[] members;

    /**
     * Looks through a network.
     *
     * @param network the network
     * @param graph its channel graph
     */
    public SketchSites(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
        this.members = new int[graph.size()];
        @Nullable ChannelGroup[] groupOf = new ChannelGroup[graph.size()];
        for (ChannelGroup group : graph.groups()) {
            axes.put(group, new ArrayList<>());
            group.classes().forEach(c -> groupOf[c] = group);
        }
        for (int id = 0; id < graph.size(); id++) {
            members[graph.classOf(id)]++;
        }
        for (ParameterAxis axis : graph.axes()) {
            Set<ChannelGroup> own = new HashSet<>();
            for (int id : axis.ids()) {
                ChannelGroup group = id == ParameterAxis.FIXED ? null : groupOf[graph.classOf(id)];
                if (group != null && own.add(group)) {
                    axes(group).add(axis);
                }
            }
        }
    }

    private List<ParameterAxis> axes(ChannelGroup group) {
        List<ParameterAxis> own = axes.get(group);
        if (own == null) {
            throw new IllegalArgumentException("group \"" + group.name() + "\" must be one of the channel graph");
        }
        return own;
    }

    /** Why a group cannot be replaced by a sketch; empty if it can. */
    public Optional<String> obstacle(ChannelGroup group) {
        String producer = group.name();
        if (group.producers().size() > 1) {
            return Optional.of("several layers make its channels together: " + String.join(", ", group.producers()));
        }
        if (group.classes().stream().anyMatch(c -> members[c] > 1)) {
            return Optional.of("its channels are joined with others, such as in a sum");
        }
        if (graph.unitIds(producer).orElse(new int[0]).length != group.width()) {
            return Optional.of("some channels of layer \"" + producer + "\" cannot be removed");
        }
        return producing(group).or(() -> reading(group)).or(() -> between(group));
    }

    private Optional<String> producing(ChannelGroup group) {
        List<ParameterAxis> weights = axes(group).stream()
                .filter(axis -> axis.node().equals(group.name()) && axis.side() == Side.OUTPUT && !isBias(axis))
                .toList();
        boolean plain = weights.size() == 1 && weights.get(0).ids().length == group.width();
        return plain
                ? Optional.empty()
                : Optional.of("layer \"" + group.name() + "\" makes each channel by more than one filter");
    }

    private Optional<String> reading(ChannelGroup group) {
        Map<String, Integer> times = new LinkedHashMap<>();
        for (ParameterAxis axis : axes(group)) {
            if (axis.side() == Side.INPUT && !network.parameters(axis.node()).isEmpty()) {
                if (network.frozen(axis.node())) {
                    return Optional.of("layer \"" + axis.node() + "\", which reads it, is frozen");
                }
                if (times.merge(axis.node(), 1, Integer::sum) > 1) {
                    return Optional.of("layer \"" + axis.node() + "\" reads it by more than one array of weights");
                }
                if (!regular(axis, group)) {
                    return Optional.of(
                            "layer \"" + axis.node() + "\" reads some of its channels more often than others");
                }
            }
        }
        return times.isEmpty() ? Optional.of("no layer with weights reads it") : Optional.empty();
    }

    private boolean regular(ParameterAxis axis, ChannelGroup group) {
        int[][] positions = SketchedAxis.positions(graph, axis, group);
        return Arrays.stream(positions).allMatch(own -> own.length == positions[0].length && own.length > 0);
    }

    private Optional<String> between(ChannelGroup group) {
        for (ParameterAxis axis : axes(group)) {
            if (axis.side() == Side.OUTPUT && !axis.node().equals(group.name())) {
                if (!isNorm(axis.node())) {
                    return Optional.of("layer \"" + axis.node() + "\" has parameters for each of its channels");
                }
                if (network.frozen(axis.node())) {
                    return Optional.of("layer \"" + axis.node() + "\", which normalises it, is frozen");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isNorm(String node) {
        return network.structure().node(node).content() instanceof LayerContent content
                && content.layer() instanceof BatchNormalization;
    }

    /** Whether an axis belongs to a vector of biases. */
    boolean isBias(ParameterAxis axis) {
        INDArray parameter = network.parameters(axis.node()).get(axis.key());
        return axis.side() == Side.OUTPUT && axis.axis() == 0 && parameter != null && parameter.rank() <= 2;
    }

    /** Layers whose weights read a group, in network order. */
    public List<String> readers(ChannelGroup group) {
        return axes(group).stream()
                .filter(axis -> axis.side() == Side.INPUT)
                .map(ParameterAxis::node)
                .distinct()
                .toList();
    }

    /** The group's axes, those of its producer, its readers and the batch normalisations in between. */
    List<ParameterAxis> axesOf(ChannelGroup group) {
        return List.copyOf(axes(group));
    }

    /** The batch normalisations that a group's channels meet. */
    List<String> normsOf(ChannelGroup group) {
        return axes(group).stream()
                .map(ParameterAxis::node)
                .filter(this::isNorm)
                .distinct()
                .toList();
    }
}
