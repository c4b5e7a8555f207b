package io.github.dl4jprune.cost;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.ActivationTypes;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network costs under any channel mask, without building the smaller network. Cost of an evaluation: linear in
 * the number of channels.
 */
public final class CostModel {
    private static final int[] UNKNOWN = new int[0];

    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, LayerEntry> layers = new LinkedHashMap<>();

    private final Map<String, int[]> channels = new LinkedHashMap<>();

    private record Parameter(String layer, long[] shape, Map<Integer, int[]> axes) {}

    private record LayerEntry(LayerMacs macs, boolean frozen, int[] in, int[] out) {}

    /**
     * Prepares the model.
     *
     * @param network the network
     * @param graph its channel graph
     * @param inputTypes the size of one example
     */
    public CostModel(NetworkView<? extends Model> network, ChannelGraph graph, InputTypes inputTypes) {
        ActivationTypes types = ActivationTypes.of(network.structure(), inputTypes.types());
        for (NetworkNode node : network.structure().nodes()) {
            boolean frozen = network.frozen(node.name());
            if (!frozen) {
                addParameters(node.name(), network.parameters(node.name()), graph.axes(node.name()));
            }
            if (node.content() instanceof LayerContent content) {
                channels.put(node.name(), graph.unitIds(node.name()).orElse(UNKNOWN));
                addLayer(node.name(), content, frozen, graph, types);
            }
        }
    }

    private void addParameters(String layer, Map<String, INDArray> table, List<ParameterAxis> axes) {
        table.forEach((key, array) -> {
            if (!RunningStatistics.include(key)) {
                Map<Integer, int[]> own = new HashMap<>();
                axes.stream()
                        .filter(axis -> axis.key().equals(key))
                        .forEach(axis -> own.put(axis.in(array), axis.ids()));
                parameters.add(new Parameter(layer, array.shape(), own));
            }
        });
    }

    private void addLayer(
            String name, LayerContent content, boolean frozen, ChannelGraph graph, ActivationTypes types) {
        Optional<InputType> read = types.read(name);
        Optional<InputType> written = types.written(name);
        if (read.isEmpty() || written.isEmpty()) {
            return;
        }
        LayerMacs macs = MacRules.of(content.layer(), read.get(), written.get());
        if (!macs.equals(LayerMacs.NONE)) {
            int[] in = graph.inputIds(name).orElse(UNKNOWN);
            int[] out = graph.unitIds(name).orElse(UNKNOWN);
            layers.put(name, new LayerEntry(macs, frozen, in, out));
        }
    }

    /** The cost of what the mask leaves over. */
    public Cost of(ChannelMask mask) {
        long values = 0;
        for (Parameter parameter : parameters) {
            values += length(parameter, mask);
        }
        long macs = 0;
        long fixed = 0;
        for (LayerEntry layer : layers.values()) {
            long own = layer.macs.at(width(layer.in, mask), width(layer.out, mask));
            macs += layer.frozen ? 0 : own;
            fixed += layer.frozen ? own : 0;
        }
        return new Cost(values, macs, fixed);
    }

    private static long length(Parameter parameter, ChannelMask mask) {
        long length = 1;
        for (int axis = 0; axis < parameter.shape.length; axis++) {
            int[] ids = parameter.axes.get(axis);
            length *= ids == null ? parameter.shape[axis] : width(ids, mask);
        }
        return length;
    }

    /** What each layer costs that has parameters or multiply-adds, in network order. */
    public List<LayerCost> byLayer(ChannelMask mask) {
        Map<String, Long> values = new HashMap<>();
        parameters.forEach(parameter -> values.merge(parameter.layer, length(parameter, mask), Long::sum));
        Map<String, Long> macs = macsByLayer(mask);
        List<LayerCost> result = new ArrayList<>();
        channels.forEach((layer, ids) -> {
            long own = values.getOrDefault(layer, 0L);
            long multiplied = macs.getOrDefault(layer, 0L);
            if (own > 0 || multiplied > 0) {
                result.add(new LayerCost(layer, width(ids, mask), own, multiplied));
            }
        });
        return result;
    }

    /** Multiply-adds of each layer that has any, frozen ones included, in network order. */
    public Map<String, Long> macsByLayer(ChannelMask mask) {
        Map<String, Long> result = new LinkedHashMap<>();
        layers.forEach((name, layer) -> result.put(name, layer.macs.at(width(layer.in, mask), width(layer.out, mask))));
        return result;
    }

    private static long width(int[] ids, ChannelMask mask) {
        if (mask.isEmpty()) {
            return ids.length;
        }
        long kept = 0;
        for (int id : ids) {
            kept += mask.prunes(id) ? 0 : 1;
        }
        return kept;
    }
}
