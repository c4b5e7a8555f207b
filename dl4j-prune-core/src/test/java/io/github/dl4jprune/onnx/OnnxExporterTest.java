package io.github.dl4jprune.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jprune.testing.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class OnnxExporterTest {
    private static final long[] IMAGE = {3, 8, 8};

    @TempDir
    private Path folder;

    private static INDArray images(int examples) {
        return Nd4j.rand(DataType.DOUBLE, examples, 3, 8, 8).muli(255);
    }

    static IntStream opsets() {
        return IntStream.rangeClosed(OnnxExporter.OLDEST_OPSET, OnnxExporter.NEWEST_OPSET);
    }

    @ParameterizedTest
    @MethodSource("opsets")
    void every_opset_runs(int opset) {
        ComputationGraph network = Networks.residual(new Sgd(0.1));
        OnnxExporter exporter = OnnxExporter.of(network).opset(opset).inputShapes(IMAGE);

        Agreement.check(exporter, network, images(3));

        assertThat(exporter.export().model().getOpsetImport(0).getVersion()).isEqualTo(opset);
    }

    @Test
    void another_opset_is_refused() {
        OnnxExporter exporter = OnnxExporter.of(Networks.chain(new Sgd(0.1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> exporter.opset(12))
                .withMessage("opset must be in [13, 21], got 12");
    }

    @Test
    void names_are_those_of_the_network_and_the_batch_is_free() {
        ModelProto model = OnnxExporter.of(Networks.residual(new Sgd(0.1)))
                .inputShapes(IMAGE)
                .metadata("who", "a test")
                .export()
                .model();

        ValueInfoProto input = model.getGraph().getInput(0);
        assertThat(input.getName()).isEqualTo("image");
        assertThat(input.getType().getTensorType().getShape().getDim(0).getDimParam())
                .isEqualTo("batch");
        assertThat(input.getType().getTensorType().getShape().getDim(3).getDimValue())
                .isEqualTo(8);
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("out");
        assertThat(model.getGraph().getValueInfoList().stream().map(ValueInfoProto::getName))
                .contains("stem", "innerAndSide", "sum", "pool");
        assertThat(model.getMetadataProps(0).getValue()).isEqualTo("a test");
    }

    @Test
    void one_model_runs_any_number_of_examples() {
        ComputationGraph network = Networks.residual(new Sgd(0.1));
        ExportedModel model = OnnxExporter.of(network).inputShapes(IMAGE).export();
        INDArray seven = images(7);
        INDArray one = seven.dup().get(org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 3));

        INDArray[] all = OnnxRuntime.outputs(model, seven);
        INDArray[] alone = OnnxRuntime.outputs(model, one);

        assertThat(alone[0].equalsWithEps(all[0].getRow(2).reshape(1, 5), 1e-6)).isTrue();
    }

    @Test
    void batch_normalisation_is_folded_where_nobody_else_reads() {
        ComputationGraph network = Networks.residual(new Sgd(0.1));
        MultiLayerNetwork chain = folding();
        INDArray vectors = Nd4j.rand(DataType.DOUBLE, 4, 5);

        ExportedModel kept = OnnxExporter.of(network)
                .foldBatchNormalization()
                .inputShapes(IMAGE)
                .export();
        ExportedModel folded = OnnxExporter.of(chain).foldBatchNormalization().export();

        assertThat(kept.folded()).as("stem has an activation function").isEmpty();
        assertThat(folded.folded()).containsExactly("norm");
        assertThat(folded.model().getGraph().getNodeList().stream().map(NodeProto::getOpType))
                .containsExactly("Gemm", "Gemm", "Softmax");
        Agreement.compare("outputs", OnnxRuntime.outputs(folded, vectors), new INDArray[] {chain.output(vectors)});
    }

    private static MultiLayerNetwork folding() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(6)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
                        .name("norm")
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
        network.init();
        network.params()
                .addi(Nd4j.rand(DataType.DOUBLE, network.params().shape()).muli(0.3));
        return network;
    }

    static List<DataNormalization> normalizers() {
        return List.of(
                new ImagePreProcessingScaler(0, 1),
                new ImagePreProcessingScaler(-1, 1),
                new VGG16ImagePreProcessor(),
                new NormalizerStandardize(
                        Nd4j.createFromArray(new double[][] {{120, 130, 100}}),
                        Nd4j.createFromArray(new double[][] {{60, 70, 50}})));
    }

    @ParameterizedTest
    @MethodSource("normalizers")
    void the_normaliser_can_be_part_of_the_model(DataNormalization normalizer) {
        ComputationGraph network = Networks.residual(new Sgd(0.1));
        INDArray raw = images(3);
        INDArray normalised = raw.dup();
        normalizer.transform(normalised);

        ExportedModel model = OnnxExporter.of(network)
                .inputShapes(IMAGE)
                .normalizer(normalizer)
                .export();

        StructureCheck.check(model.model());
        Agreement.compare("outputs", OnnxRuntime.outputs(model, raw), network.output(normalised));
    }

    @Test
    void whatever_cannot_be_expressed_is_named_at_once() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder()
                        .name("odd")
                        .nOut(4)
                        .activation(Activation.CUBE)
                        .build())
                .layer(new SimpleRnn.Builder()
                        .name("fine")
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(new CapsuleLayer.Builder(2, 3, 1).name("capsules").build())
                .layer(new RnnOutputLayer.Builder()
                        .name("out")
                        .nIn(2)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3, 5))
                .build());
        network.init();

        assertThatExceptionOfType(UnsupportedNetworkException.class)
                .isThrownBy(() ->
                        OnnxExporter.of(network).inputShapes(new long[] {3, 5}).export())
                .withMessage("network must have layers that ONNX can express, got \"odd\": ONNX's recurrent operators"
                        + " have no activation function ActivationCube; \"capsules\": no rule for type CapsuleLayer")
                .satisfies(e -> assertThat(e.reasons()).containsOnlyKeys("odd", "capsules"));
    }

    @Test
    void numbers_are_float_on_request() {
        ComputationGraph network = Networks.residual(new Sgd(0.1));
        INDArray images = images(2);

        ExportedModel model = OnnxExporter.of(network)
                .inputShapes(IMAGE)
                .dataType(DataType.FLOAT)
                .export();

        assertThat(model.model().getGraph().getNodeList().stream().map(NodeProto::getOpType))
                .doesNotContain("Cast");
        Agreement.compare("outputs", OnnxRuntime.outputs(model, images.castTo(DataType.FLOAT)), network.output(images));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OnnxExporter.of(network).dataType(DataType.INT32).export())
                .withMessage("data type must be FLOAT or DOUBLE, got INT");
    }

    @Test
    void the_file_holds_the_model() throws java.io.IOException {
        Path file = folder.resolve("network.onnx");
        ExportedModel model = OnnxExporter.of(folding()).export();

        model.write(file);

        assertThat(ModelProto.parseFrom(Files.readAllBytes(file))).isEqualTo(model.model());
    }
}
