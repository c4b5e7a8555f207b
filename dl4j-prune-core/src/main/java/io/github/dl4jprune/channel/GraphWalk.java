package io.github.dl4jprune.channel;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Walks a network in topological order and traces every node. DL4J does not store how wide the network's inputs are;
 * the first walk learns it from the layers that read them, and a second one uses it.
 */
final class GraphWalk {
    private final NetworkView<? extends Model> network;

    GraphWalk(NetworkView<? extends Model> network) {
        this.network = network;
    }

    ChannelGraph walk() {
        Trace first = trace(Map.of());
        Trace second = first.inputWidths.isEmpty() ? first : trace(first.inputWidths);
        return new ChannelGraph(second);
    }

    private Trace trace(Map<String, Integer> inputWidths) {
        Trace trace = new Trace();
        for (NetworkNode node : network.structure().nodes()) {
            trace.outputs.put(node.name(), output(node, trace, inputWidths));
        }
        for (String output : network.structure().outputs()) {
            Activation activation = trace.outputs.get(output);
            if (activation != null) {
                trace.pin(activation, new Pin(output, PinReason.NETWORK_OUTPUT, ""));
            }
        }
        return trace;
    }

    private Activation output(NetworkNode node, Trace trace, Map<String, Integer> inputWidths) {
        List<Activation> inputs = node.inputs().stream().map(trace.outputs::get).toList();
        VertexTrace vertexTrace = new VertexTrace(trace, node.name(), inputs);
        if (node.content() instanceof Input) {
            return input(node.name(), inputWidths);
        }
        if (node.content() instanceof VertexContent content) {
            trace.inputs.put(node.name(), inputs.get(0));
            return VertexRules.trace(content.vertex(), vertexTrace);
        }
        LayerContent content = (LayerContent) node.content();
        InputPreProcessor preProcessor = content.preProcessor();
        Activation read = preProcessor == null
                ? inputs.get(0)
                : PreprocessorRules.trace(preProcessor, inputs.get(0), vertexTrace, width(content.layer()));
        trace.inputs.put(node.name(), read);
        boolean frozen = network.frozen(node.name());
        return LayerRules.trace(content.layer(), new LayerTrace(trace, node.name(), "", frozen, read));
    }

    private static Activation input(String name, Map<String, Integer> inputWidths) {
        Integer width = inputWidths.get(name);
        if (width == null) {
            return Activation.missing(Activation.ANY_RANK, 1, new Activation.Missing(name, 0));
        }
        int[] fixed = new int[width];
        Arrays.fill(fixed, ParameterAxis.FIXED);
        return new Activation(fixed, Activation.ANY_RANK, 1, true);
    }

    private static long width(Layer layer) {
        return layer instanceof FeedForwardLayer feedForward ? feedForward.getNIn() : 0;
    }
}
