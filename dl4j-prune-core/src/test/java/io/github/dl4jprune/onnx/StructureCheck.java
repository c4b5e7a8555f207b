package io.github.dl4jprune.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/**
 * The rules of ONNX's own checker (onnx/checker.cc) that concern what an exporter may get wrong: versions declared, names
 * unique, operators in topological order, nothing read that was not written, attributes with the type and name that the
 * operator knows, shapes stated, raw data as long as the shape says.
 */
final class StructureCheck {
    /** From ONNX's docs/Operators.md, for the operators that are written. */
    private static final Map<String, List<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("AveragePool", List.of("kernel_shape", "strides", "pads", "count_include_pad", "dilations")),
            Map.entry("BatchNormalization", List.of("epsilon")),
            Map.entry("Cast", List.of("to")),
            Map.entry("Concat", List.of("axis")),
            Map.entry("Conv", List.of("kernel_shape", "strides", "pads", "dilations", "group")),
            Map.entry("ConvTranspose", List.of("kernel_shape", "strides", "pads", "dilations", "output_padding")),
            Map.entry("Elu", List.of("alpha")),
            Map.entry("HardSigmoid", List.of("alpha", "beta")),
            Map.entry("LRN", List.of("size", "alpha", "beta", "bias")),
            Map.entry("LSTM", recurrent()),
            Map.entry("LeakyRelu", List.of("alpha")),
            Map.entry("LpPool", List.of("kernel_shape", "strides", "pads", "p", "dilations")),
            Map.entry("MaxPool", List.of("kernel_shape", "strides", "pads", "dilations")),
            Map.entry("RNN", recurrent()),
            Map.entry("ReduceL2", List.of("axes", "keepdims")),
            Map.entry("ReduceMax", List.of("axes", "keepdims")),
            Map.entry("ReduceMean", List.of("axes", "keepdims")),
            Map.entry("ReduceSum", List.of("keepdims")),
            Map.entry("Resize", List.of("mode", "nearest_mode", "coordinate_transformation_mode")),
            Map.entry("Softmax", List.of("axis")),
            Map.entry("SpaceToDepth", List.of("blocksize")),
            Map.entry("ThresholdedRelu", List.of("alpha")),
            Map.entry("Transpose", List.of("perm")));

    private static final Set<String> WITHOUT_ATTRIBUTES = Set.of(
            "Abs",
            "Add",
            "Clip",
            "Div",
            "Exp",
            "Expand",
            "Gather",
            "Gemm",
            "GreaterOrEqual",
            "Identity",
            "MatMul",
            "Max",
            "Min",
            "Mul",
            "PRelu",
            "Pad",
            "Pow",
            "Relu",
            "Reshape",
            "Selu",
            "Sigmoid",
            "Sign",
            "Slice",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Squeeze",
            "Sub",
            "Tanh",
            "Unsqueeze",
            "Where");

    private StructureCheck() {}

    private static List<String> recurrent() {
        return List.of("hidden_size", "direction", "activations", "activation_alpha", "activation_beta");
    }

    static void check(ModelProto model) {
        assertThat(model.getIrVersion()).isBetween(7L, 10L);
        assertThat(model.getOpsetImportCount()).isEqualTo(1);
        assertThat(model.getOpsetImport(0).getDomain()).isEmpty();
        assertThat(model.getOpsetImport(0).getVersion()).isBetween(13L, 21L);
        GraphProto graph = model.getGraph();
        assertThat(graph.getName()).isNotEmpty();
        Set<String> known = new HashSet<>();
        graph.getInputList().forEach(input -> define(input.getName(), known));
        graph.getInitializerList().forEach(tensor -> {
            define(tensor.getName(), known);
            check(tensor);
        });
        Set<String> nodeNames = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            assertThat(nodeNames.add(node.getName())).as(node.getName()).isTrue();
            assertThat(known).as(node.getName()).containsAll(named(node.getInputList()));
            node.getOutputList().forEach(output -> define(output, known));
            checkAttributes(node);
        }
        checkInfos(graph, known);
    }

    private static List<String> named(List<String> inputs) {
        return inputs.stream().filter(name -> !name.isEmpty()).toList();
    }

    private static void define(String name, Set<String> known) {
        assertThat(name).isNotEmpty();
        assertThat(known.add(name)).as("%s is defined once", name).isTrue();
    }

    private static void checkAttributes(NodeProto node) {
        assertThat(ATTRIBUTES.containsKey(node.getOpType()) || WITHOUT_ATTRIBUTES.contains(node.getOpType()))
                .as(node.getOpType())
                .isTrue();
        List<String> names =
                node.getAttributeList().stream().map(AttributeProto::getName).toList();
        assertThat(names).as(node.getOpType()).doesNotHaveDuplicates();
        assertThat(ATTRIBUTES.getOrDefault(node.getOpType(), List.of()))
                .as(node.getOpType())
                .containsAll(names);
        node.getAttributeList()
                .forEach(attribute ->
                        assertThat(attribute.getType()).isNotEqualTo(AttributeProto.AttributeType.UNDEFINED));
    }

    private static void check(TensorProto tensor) {
        long count = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
        int width = switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT -> Float.BYTES;
            case DOUBLE, INT64 -> Double.BYTES;
            default -> throw new AssertionError(tensor.getName());
        };
        assertThat(tensor.getRawData().size()).as(tensor.getName()).isEqualTo(count * width);
    }

    private static void checkInfos(GraphProto graph, Set<String> known) {
        Set<String> described = new HashSet<>();
        for (List<ValueInfoProto> infos :
                Arrays.asList(graph.getInputList(), graph.getValueInfoList(), graph.getOutputList())) {
            infos.forEach(info -> {
                assertThat(known).contains(info.getName());
                assertThat(described.add(info.getName())).as(info.getName()).isTrue();
                assertThat(info.getType().getTensorType().hasShape()).isTrue();
            });
        }
        assertThat(graph.getOutputCount()).isPositive();
    }
}
