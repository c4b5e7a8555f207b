package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ArchitectureTest {
    private static final Set<String> STATISTICS = Set.of("mean", "var");

    /** Sizes of all arrays of the published checkpoints but the running statistics; vgg-small by hand. */
    @ParameterizedTest
    @CsvSource({
        "resnet20, 269722",
        "resnet56, 853018",
        "resnet8, 78186",
        "vgg16, 3816938",
        "densenet40, 1002586",
        "dwsep, 537994",
        "lenet5, 63658",
        "vgg-small, 138554"
    })
    void a_network_trains_as_many_parameters_as_published(String name, long expected) {
        Model network = Architecture.named(name).build(ModelOptions.defaults());

        long trained = layers(network).stream()
                .filter(layer -> !(layer instanceof FrozenLayerWithBackprop))
                .flatMap(layer -> layer.paramTable().entrySet().stream())
                .filter(entry -> !STATISTICS.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().length())
                .sum();

        assertThat(trained).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet20", "resnet8", "vgg16", "densenet40", "dwsep", "lenet5", "vgg-small"})
    void an_untrained_network_gives_a_distribution_over_the_asked_classes(String name) {
        Architecture architecture = Architecture.named(name);
        Model network = architecture.build(
                new ModelOptions.Builder().classes(7).dataType(DataType.DOUBLE).build());
        List<Integer> image = architecture.imageShape();

        INDArray output = Outputs.of(network, Nd4j.rand(DataType.DOUBLE, 1, image.get(0), image.get(1), image.get(2)));

        assertThat(output.shape()).containsExactly(1, 7);
        assertThat(output.sumNumber().doubleValue()).isCloseTo(1, within(1e-9));
    }

    @Test
    void the_same_seed_gives_the_same_weights_and_another_seed_others() {
        ModelOptions seven = new ModelOptions.Builder().seed(7).build();
        ModelOptions eight = new ModelOptions.Builder().seed(8).build();

        INDArray weights = new VggSmall().build(seven).params();

        assertThat(weights).isEqualTo(new VggSmall().build(seven).params());
        assertThat(weights).isNotEqualTo(new VggSmall().build(eight).params());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg-small", "lenet5"})
    void training_as_configured_lowers_the_loss(String name) {
        Architecture architecture = Architecture.named(name);
        List<Integer> image = architecture.imageShape();
        Model network = architecture.build(ModelOptions.defaults());
        INDArray images = Nd4j.rand(DataType.FLOAT, 10, image.get(0), image.get(1), image.get(2))
                .muli(2)
                .subi(1);
        DataSet batch = new DataSet(images, Nd4j.eye(10));

        fit(network, batch);
        double first = network.score();
        for (int i = 0; i < 10; i++) {
            fit(network, batch);
        }

        assertThat(network.score()).isBetween(0.0, 0.9 * first);
    }

    @Test
    void layers_of_a_residual_network_are_named_after_the_checkpoint() {
        ComputationGraph network = new CifarResNet(20).build(ModelOptions.defaults());

        assertThat(network.getConfiguration().getVertices().keySet())
                .startsWith("conv1", "bn1", "relu1", "layer1.0.conv1", "layer1.0.bn1", "layer1.0.relu1")
                .contains("layer2.0.shortcut", "layer2.0.add", "layer2.0.relu2", "layer3.2.bn2")
                .doesNotContain("layer1.0.shortcut", "layer2.1.shortcut")
                .endsWith("pool", "linear");
    }

    @Test
    void weight_decay_reaches_weights_but_neither_norms_nor_biases_nor_fixed_shortcuts() {
        ComputationGraph network = new CifarResNet(8).build(ModelOptions.defaults());

        for (Layer layer : network.getLayers()) {
            boolean fixed = layer instanceof FrozenLayerWithBackprop;
            layer.paramTable().keySet().forEach(key -> {
                boolean decays = "W".equals(key) && !fixed;
                var regularisation = layer.conf().getLayer().getRegularizationByParam(key);
                assertThat(regularisation != null && !regularisation.isEmpty())
                        .as("%s of %s", key, layer.conf().getLayer().getLayerName())
                        .isEqualTo(decays);
            });
        }
    }

    @Test
    void norms_keep_the_epsilon_of_the_checkpoint_and_the_variance_itself() {
        MultiLayerNetwork network = new Vgg16(2).build(ModelOptions.defaults());

        List<BaseLayer> norms = Arrays.stream(network.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(BatchNormalization.class::isInstance)
                .map(BaseLayer.class::cast)
                .toList();

        assertThat(norms).hasSize(14).allSatisfy(norm -> {
            assertThat(((BatchNormalization) norm).getEps()).isEqualTo(1e-5);
            assertThat(((BatchNormalization) norm).isUseLogStd()).isFalse();
        });
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.named("resnet-20"))
                .withMessage("architecture must be one of resnet20, resnet32, resnet44, resnet56, resnet110, resnet8,"
                        + " vgg16, densenet40, dwsep, lenet5, vgg-small, got \"resnet-20\", did you mean"
                        + " \"resnet20\"?");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 21, -4})
    void a_residual_network_needs_a_depth_of_6n_plus_2(int depth) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CifarResNet(depth))
                .withMessage("depth must be 6n + 2 with n >= 1, got " + depth);
    }

    @Test
    void sizes_out_of_range_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Vgg16(0)).withMessage("width must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DenseNet(41, 12))
                .withMessage("depth must be 3n + 4 with n >= 1, got 41");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DenseNet(40, 0))
                .withMessage("growth rate must be >= 1, got 0");
    }

    private static void fit(Model network, DataSet batch) {
        if (network instanceof ComputationGraph graph) {
            graph.fit(batch);
        } else {
            ((MultiLayerNetwork) network).fit(batch);
        }
    }

    private static List<Layer> layers(Model network) {
        assertThat(network).isInstanceOf(NeuralNetwork.class);
        return Arrays.asList(
                network instanceof ComputationGraph graph
                        ? graph.getLayers()
                        : ((MultiLayerNetwork) network).getLayers());
    }
}
