package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.dl4jprune.onnx.ExportedModel;
import io.github.dl4jprune.onnx.OnnxExporter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trained networks in ONNX Runtime, normaliser included: raw pixels in, the same probabilities out. */
class PublishedWeightsExportTest {
    private static final int IMAGES = 20;

    @ParameterizedTest
    @CsvSource({
        "resnet20, resnet20",
        "resnet56, resnet56",
        "vgg16_w32, vgg16",
        "densenet40_12_fast, densenet40",
        "dwsep_light, dwsep",
        "resnet8, resnet8",
        "lenet5_mnist, lenet5"
    })
    void onnx_runtime_computes_what_dl4j_does(String file, String name) throws IOException, OrtException {
        ImportedModel model = CheckpointImport.npz(Shared.weights(file + ".npz"), Architecture.named(name));
        TestImages images = "lenet5".equals(name)
                ? TestImages.mnist(0, IMAGES, DataType.FLOAT)
                : TestImages.cifar(0, IMAGES, DataType.FLOAT);

        agree(model, images.pixels());
    }

    @Test
    void a_network_that_came_from_keras() throws IOException, OrtException {
        ImportedModel model = KerasImport.h5(Shared.weights("mlperf_tiny_resnet8.h5"));
        INDArray images = TestImages.cifar(0, IMAGES, DataType.FLOAT).pixels();

        agree(model, ImageLayout.arrange(images, model.network()));
    }

    private static void agree(ImportedModel model, INDArray raw) throws OrtException {
        INDArray scaled = raw.dup();
        model.normalizer().transform(scaled);
        long[] shape = Arrays.copyOfRange(raw.shape(), 1, raw.rank());
        List<INDArray> expected = List.of(Outputs.of(model.network(), scaled));
        for (boolean folded : new boolean[] {false, true}) {
            OnnxExporter exporter =
                    OnnxExporter.of(model.network()).inputShapes(shape).normalizer(model.normalizer());
            ExportedModel exported = (folded ? exporter.foldBatchNormalization() : exporter).export();

            INDArray actual = run(exported, raw);

            double difference = actual.sub(expected.get(0)).amaxNumber().doubleValue();
            double scale = expected.get(0).amaxNumber().doubleValue();
            assertThat(difference / scale).as("folded: %s", folded).isLessThanOrEqualTo(1e-4);
        }
    }

    private static INDArray run(ExportedModel model, INDArray input) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.bytes());
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(input.dup('c').data().asFloat()), input.shape());
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            return Nd4j.create((float[][]) result.get(0).getValue());
        }
    }
}
