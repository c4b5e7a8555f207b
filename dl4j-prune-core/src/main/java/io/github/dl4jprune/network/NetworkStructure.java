package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The graph of a configuration: its nodes in topological order, the same for both network types. A MultiLayerNetwork is
 * a chain behind one input named {@value #CHAIN_INPUT}.
 */
public final class NetworkStructure {
    /** Name of the input node of a MultiLayerNetwork. */
    public static final String CHAIN_INPUT = "input";

    private final Map<String, NetworkNode> nodes;
    private final List<String> outputs;

    private NetworkStructure(Map<String, NetworkNode> nodes, List<String> outputs) {
        this.nodes = Collections.unmodifiableMap(nodes);
        this.outputs = List.copyOf(outputs);
    }

    /** The chain of a MultiLayerNetwork's configuration. */
    public static NetworkStructure of(MultiLayerConfiguration configuration) {
        Map<String, NetworkNode> nodes = new LinkedHashMap<>();
        nodes.put(CHAIN_INPUT, new NetworkNode(CHAIN_INPUT, List.of(), new Input()));
        String previous = CHAIN_INPUT;
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            Layer layer = configuration.getConf(i).getLayer();
            String name = chainName(layer, i, nodes.keySet());
            LayerContent content = new LayerContent(layer, configuration.getInputPreProcess(i));
            nodes.put(name, new NetworkNode(name, List.of(previous), content));
            previous = name;
        }
        return new NetworkStructure(nodes, List.of(previous));
    }

    /** The graph of a ComputationGraph's configuration. */
    public static NetworkStructure of(ComputationGraphConfiguration configuration) {
        Map<String, NetworkNode> nodes = new LinkedHashMap<>();
        for (String input : configuration.getNetworkInputs()) {
            nodes.put(input, new NetworkNode(input, List.of(), new Input()));
        }
        for (String name : TopologicalOrder.of(configuration)) {
            nodes.put(name, graphNode(configuration, name));
        }
        return new NetworkStructure(nodes, configuration.getNetworkOutputs());
    }

    private static NetworkNode graphNode(ComputationGraphConfiguration configuration, String name) {
        GraphVertex vertex = Objects.requireNonNull(configuration.getVertices().get(name), name);
        NodeContent content = vertex instanceof LayerVertex layerVertex
                ? new LayerContent(layerVertex.getLayerConf().getLayer(), layerVertex.getPreProcessor())
                : new VertexContent(vertex);
        List<String> inputs =
                Objects.requireNonNull(configuration.getVertexInputs().get(name), name);
        return new NetworkNode(name, inputs, content);
    }

    private static String chainName(Layer layer, int index, Set<String> taken) {
        String name = layer.getLayerName();
        return name == null || name.isEmpty() || taken.contains(name) ? String.valueOf(index) : name;
    }

    /** Names of all nodes, in the order of {@link #nodes}. */
    public List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    /** All nodes, each after the nodes that feed it. */
    public List<NetworkNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /**
     * The node of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NetworkNode node(String name) {
        NetworkNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("node \"" + name + "\" must be one of " + nodes.keySet());
        }
        return node;
    }

    /** Names of the nodes whose activations are the network's outputs. */
    public List<String> outputs() {
        return outputs;
    }
}
