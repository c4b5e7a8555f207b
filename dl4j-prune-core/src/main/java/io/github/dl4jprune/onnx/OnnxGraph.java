package io.github.dl4jprune.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph while it is written: operators in topological order, constants, unique names. What nobody reads is left out in
 * the end.
 */
final class OnnxGraph {
    private final TensorProto.DataType type;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, Value> sharedConstants = new HashMap<>();
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<Value> inputs = new ArrayList<>();
    private final Map<String, String> renamed = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private String scope = "";

    /** An empty graph for numbers of that type, FLOAT or DOUBLE. */
    OnnxGraph(TensorProto.DataType type) {
        this.type = type;
    }

    TensorProto.DataType type() {
        return type;
    }

    /** Names that only {@link #name} and {@link #input} may give. */
    void reserve(Set<String> names) {
        taken.addAll(names);
    }

    /** What follows belongs to that node of the network; names begin with it. */
    void enter(String node) {
        scope = node;
    }

    Value input(String name, long... dims) {
        Value value = new Value(name, type, dims);
        inputs.add(value);
        return value;
    }

    /** A constant of the graph's type. */
    Value constant(String hint, INDArray array) {
        String name = unique(hint);
        constants.put(name, Tensors.of(name, type, array));
        return new Value(name, type, array.shape());
    }

    /** A number; equal ones are stored once. */
    Value scalar(double number) {
        return sharedConstants.computeIfAbsent("scalar " + number, key -> {
            String name = uniqueInGraph("number");
            constants.put(name, Tensors.of(name, type, Nd4j.scalar(number)));
            return new Value(name, type);
        });
    }

    /** FLOAT numbers, whatever the graph's type; equal ones are stored once. */
    Value floats(double... numbers) {
        return sharedConstants.computeIfAbsent("floats " + Arrays.toString(numbers), key -> {
            String name = uniqueInGraph("floats");
            constants.put(name, Tensors.of(name, TensorProto.DataType.FLOAT, Nd4j.createFromArray(numbers)));
            return new Value(name, TensorProto.DataType.FLOAT, numbers.length);
        });
    }

    /** Whole numbers, such as a shape; equal ones are stored once. */
    Value longs(long... numbers) {
        return sharedConstants.computeIfAbsent("longs " + Arrays.toString(numbers), key -> {
            String name = uniqueInGraph("integers");
            constants.put(name, Tensors.of(name, numbers));
            return new Value(name, TensorProto.DataType.INT64, numbers.length);
        });
    }

    /** Appends an operator with one output. Inputs named "" are left out. */
    Value operator(
            String operator, TensorProto.DataType outputType, long[] dims, List<Value> read, AttributeProto... with) {
        Value output = new Value(unique(operator), outputType, dims);
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(output.name() + "_node");
        read.forEach(input -> node.addInput(input.name()));
        node.addOutput(output.name()).addAllAttribute(Arrays.asList(with));
        nodes.add(node.build());
        values.put(output.name(), output);
        return output;
    }

    /** Gives a value made by an operator the name of a node of the network, unless it has such a name. */
    void name(Value value, String node) {
        if (values.containsKey(value.name())) {
            renamed.putIfAbsent(value.name(), node);
        }
    }

    /** Whether the value will bear that name. */
    boolean isNamed(Value value, String node) {
        return node.equals(renamed.get(value.name()));
    }

    private String unique(String hint) {
        return uniqueInGraph(scope.isEmpty() ? hint : scope + "/" + hint);
    }

    private String uniqueInGraph(String hint) {
        String name = hint;
        for (int i = 1; !taken.add(name); i++) {
            name = hint + "_" + i;
        }
        return name;
    }

    /** The whole graph with these outputs. */
    GraphProto build(String name, List<Value> outputs) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
        inputs.forEach(input -> graph.addInput(info(input)));
        outputs.forEach(output -> graph.addOutput(info(output)));
        Set<String> read = new HashSet<>();
        Set<String> written = new HashSet<>();
        outputs.forEach(output -> {
            read.add(output.name());
            written.add(output.name());
        });
        List<NodeProto> kept = kept(read);
        for (NodeProto node : kept) {
            graph.addNode(renamed(node));
            Value value = values.get(node.getOutput(0));
            if (value != null && !written.contains(value.name())) {
                graph.addValueInfo(info(value));
            }
        }
        constants.forEach((constant, tensor) -> {
            if (read.contains(constant)) {
                graph.addInitializer(tensor);
            }
        });
        return graph.build();
    }

    /** The operators that lead to what is read, in order; adds what they read. */
    private List<NodeProto> kept(Set<String> read) {
        List<NodeProto> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeProto node = nodes.get(i);
            if (read.contains(node.getOutput(0))) {
                read.addAll(node.getInputList());
                kept.add(0, node);
            }
        }
        return kept;
    }

    private NodeProto renamed(NodeProto node) {
        NodeProto.Builder builder = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(input -> builder.addInput(finalName(input)));
        return builder.addOutput(finalName(node.getOutput(0))).build();
    }

    private String finalName(String name) {
        return renamed.getOrDefault(name, name);
    }

    private ValueInfoProto info(Value value) {
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(value.type().getNumber())
                .setShape(Dims.proto(value.dims()))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(finalName(value.name()))
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
