package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.Xception;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models of DL4J's zoo with random weights: every activation, built-in and accelerated. */
@SuppressWarnings("deprecation") // the only door to a zoo model's input shape
class ZooParityTest {
    private static final double TOLERANCE = 1e-4;
    private static final double ROUNDING = 1e-6;

    private static int[] shape(int channels, int size) {
        return new int[] {channels, size, size};
    }

    static Stream<ZooModel<?>> small() {
        return Stream.of(
                LeNet.builder().numClasses(10).inputShape(shape(1, 28)).build(),
                SimpleCNN.builder().numClasses(10).inputShape(shape(3, 48)).build(),
                SqueezeNet.builder().numClasses(10).inputShape(shape(3, 64)).build());
    }

    static Stream<ZooModel<?>> large() {
        return Stream.of(
                Darknet19.builder().numClasses(10).inputShape(shape(3, 64)).build(),
                VGG16.builder().numClasses(10).inputShape(shape(3, 32)).build(),
                UNet.builder().inputShape(shape(3, 64)).build(),
                Xception.builder().numClasses(10).inputShape(shape(3, 128)).build());
    }

    @ParameterizedTest
    @MethodSource("small")
    void small_models_compute_the_same(ZooModel<?> model) {
        assertSameActivations(model);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("large")
    void large_models_compute_the_same(ZooModel<?> model) {
        assertSameActivations(model);
    }

    /**
     * With the zoo's initial weights its inference overflows; the statistics of the batch keep training in range, but the
     * last stage normalises by the deviation of a few numbers that hardly differ, and rounding grows a thousandfold on
     * either path. So both are measured by how far they are from the result in DOUBLE.
     */
    @Tag("slow")
    @Test
    void resnet_50_in_training_is_as_near_to_the_exact_result_as_the_built_in_path() {
        ZooModel<?> zoo =
                ResNet50.builder().numClasses(10).inputShape(shape(3, 128)).build();
        Nd4j.getRandom().setSeed(5);
        ComputationGraph plain = (ComputationGraph) Parity.builtIn(zoo::init);
        ComputationGraph fast = (ComputationGraph) Parity.accelerated(zoo::init);
        fast.setParams(plain.params());
        INDArray images = Nd4j.rand(DataType.FLOAT, 8, 3, 128, 128);

        Map<String, INDArray> exact =
                plain.convertDataType(DataType.DOUBLE).feedForward(images.castTo(DataType.DOUBLE), true);
        Map<String, INDArray> builtIn = plain.feedForward(images, true);
        Map<String, INDArray> accelerated = fast.feedForward(images, true);

        exact.forEach((layer, values) -> assertThat(distance(values, Objects.requireNonNull(accelerated.get(layer))))
                .as(layer)
                .isLessThanOrEqualTo(1.2 * distance(values, Objects.requireNonNull(builtIn.get(layer))) + ROUNDING));
    }

    /** Euclidean, relative to the exact values. */
    private static double distance(INDArray exact, INDArray values) {
        return exact.distance2(values.castTo(DataType.DOUBLE))
                / exact.norm2Number().doubleValue();
    }

    private static void assertSameActivations(ZooModel<?> zoo) {
        Nd4j.getRandom().setSeed(5);
        Model plain = Parity.builtIn(zoo::init);
        Model fast = Parity.accelerated(zoo::init);
        fast.setParams(plain.params());
        int[] shape = zoo.metaData().getInputShape()[0];
        INDArray image = Nd4j.rand(DataType.FLOAT, 1, shape[0], shape[1], shape[2]);

        List<INDArray> expected = activations(plain, image);
        List<INDArray> actual = activations(fast, image);

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            double scale = expected.get(i).amaxNumber().doubleValue();
            double difference = actual.get(i).sub(expected.get(i)).amaxNumber().doubleValue();
            assertThat(scale).isFinite().isPositive();
            assertThat(difference / scale).as("activation %d", i).isLessThan(TOLERANCE);
        }
    }

    private static List<INDArray> activations(Model model, INDArray image) {
        return model instanceof ComputationGraph graph
                ? new ArrayList<>(graph.feedForward(image, false).values())
                : ((MultiLayerNetwork) model).feedForward(image, false);
    }
}
