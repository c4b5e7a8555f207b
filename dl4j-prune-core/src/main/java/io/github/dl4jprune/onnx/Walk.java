package io.github.dl4jprune.onnx;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a network node by node; goes on behind nodes that cannot be written, to name all of those. */
final class Walk {
    private final NetworkStructure structure;
    private final BatchFolding folding;
    private final OnnxGraph graph;
    private final Operators ops;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();

    Walk(NetworkStructure structure, BatchFolding folding, OnnxGraph graph, Operators ops) {
        this.structure = structure;
        this.folding = folding;
        this.graph = graph;
        this.ops = ops;
        Set<String> names = structure.nodes().stream().map(NetworkNode::name).collect(Collectors.toSet());
        graph.reserve(names);
    }

    /**
     * Writes everything.
     *
     * @param inputs what the network reads, normalised, in the order of its inputs
     * @return its outputs under their names
     * @throws UnsupportedNetworkException if some node cannot be written
     */
    List<Value> write(List<Value> inputs) {
        Iterator<Value> nextInput = inputs.iterator();
        for (NetworkNode node : structure.nodes()) {
            if (node.content() instanceof Input) {
                values.put(node.name(), nextInput.next());
            } else {
                write(node);
            }
        }
        if (!reasons.isEmpty()) {
            throw new UnsupportedNetworkException(reasons);
        }
        return outputs();
    }

    private void write(NetworkNode node) {
        graph.enter(node.name());
        boolean readable = values.keySet().containsAll(node.inputs());
        try {
            if (readable) {
                Value value = value(node);
                graph.name(value, node.name());
                values.put(node.name(), value);
            } else {
                requireRule(node);
            }
        } catch (NotExportable e) {
            reasons.put(node.name(), NotExportable.why(e));
        }
    }

    private Value value(NetworkNode node) {
        List<Value> inputs = node.inputs().stream().map(values::get).collect(Collectors.toCollection(ArrayList::new));
        if (node.content() instanceof VertexContent content) {
            return Vertices.write(content.vertex(), inputs, new VertexSite(ops, values));
        }
        LayerContent content = (LayerContent) node.content();
        if (folding.folded(node.name())) {
            return inputs.get(0);
        }
        Value read = content.preProcessor() == null
                ? inputs.get(0)
                : Preprocessors.write(content.preProcessor(), inputs.get(0), ops);
        return Layers.write(content.layer(), read, new LayerSite(ops, folding.parameters(node)));
    }

    /** For nodes behind one that could not be written. */
    private static void requireRule(NetworkNode node) {
        Class<?> type = node.content() instanceof VertexContent content
                ? content.vertex().getClass()
                : ((LayerContent) node.content()).layer().getClass();
        if (!Layers.types().contains(type) && !Vertices.types().contains(type)) {
            throw new NotExportable("no rule for type " + type.getSimpleName());
        }
    }

    /** An output that is an input, or the output of another node too, gets an operator of its own to bear its name. */
    private List<Value> outputs() {
        List<Value> outputs = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : structure.outputs()) {
            if (!seen.add(name)) {
                continue;
            }
            Value value = java.util.Objects.requireNonNull(values.get(name), name);
            if (!graph.isNamed(value, name)) {
                graph.enter(name);
                Value own = ops.unary("Identity", value);
                graph.name(own, name);
                value = own;
            }
            outputs.add(value);
        }
        return outputs;
    }
}
