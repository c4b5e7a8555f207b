package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddOnnxModelsTest {
    @TempDir
    private Path folder;

    @Test
    void an_input_that_is_a_sequence_is_named() throws IOException {
        Path file = write(GraphProto.newBuilder()
                .addInput(sequence("parts"))
                .addOutput(scalar("length", TensorProto.DataType.INT64))
                .addNode(node("SequenceLength", "length").addInput("parts")));

        Ran.of("bench", file)
                .refused("dl4j-prune: input \"parts\" of \"" + file + "\" must be a tensor, got a sequence");
    }

    @Test
    void a_model_without_inputs() throws IOException {
        AttributeProto value = AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(1))
                .build();
        Path file = write(GraphProto.newBuilder()
                .addOutput(scalar("one", TensorProto.DataType.FLOAT))
                .addNode(node("Constant", "one").addAttribute(value)));

        Ran.of("bench", file).refused("dl4j-prune: \"" + file + "\" must be a model with an input, got one without");
    }

    @Test
    void an_output_that_is_a_sequence_is_named() throws IOException {
        Path file = write(GraphProto.newBuilder()
                .addInput(images())
                .addOutput(sequence("rows"))
                .addNode(node("SplitToSequence", "rows").addInput("images")));
        Path model = Samples.model(folder.resolve("model.zip"));

        Ran.of("verify", model, file, "--data", "embedded", "--examples", 4)
                .refused("dl4j-prune: output \"rows\" of \"" + file + "\" must be a tensor, got a sequence");
    }

    @Test
    void an_output_of_integers_is_named() throws IOException {
        Path file = write(GraphProto.newBuilder()
                .addInput(images())
                .addOutput(vector("sizes", TensorProto.DataType.INT64))
                .addNode(node("Shape", "sizes").addInput("images")));
        Path model = Samples.model(folder.resolve("model.zip"));

        Ran.of("verify", model, file, "--data", "embedded", "--examples", 4)
                .refused("dl4j-prune: output \"sizes\" of \"" + file + "\" must be float or double, got INT64");
    }

    private Path write(GraphProto.Builder graph) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph.setName("odd"))
                .build();
        return Files.write(folder.resolve("odd.onnx"), model.toByteArray());
    }

    private static NodeProto.Builder node(String operator, String output) {
        return NodeProto.newBuilder().setOpType(operator).setName(operator).addOutput(output);
    }

    private static ValueInfoProto images() {
        return value("images", TypeProto.newBuilder().setTensorType(tensor(TensorProto.DataType.FLOAT, 4, 3, 32, 32)));
    }

    private static ValueInfoProto scalar(String name, TensorProto.DataType type) {
        return value(name, TypeProto.newBuilder().setTensorType(tensor(type)));
    }

    private static ValueInfoProto vector(String name, TensorProto.DataType type) {
        return value(name, TypeProto.newBuilder().setTensorType(tensor(type, 4)));
    }

    private static ValueInfoProto sequence(String name) {
        TypeProto element = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()))
                .build();
        return value(
                name,
                TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element)));
    }

    private static TypeProto.Tensor tensor(TensorProto.DataType type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
    }

    private static ValueInfoProto value(String name, TypeProto.Builder type) {
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }
}
