package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.listeners.StaticPruningListener;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class Vgg16PruningTest {
    private final MultiLayerNetwork network = SmallImages.vgg16();

    @Test
    void thirteen_convolutions_and_two_dense_layers_get_their_ratios() {
        Map<String, Double> ratios = VggRatios.STATIC.of(network);

        assertThat(ratios).hasSize(15).containsEntry("f.0", 0.5).containsEntry("f.3", 0.5);
        assertThat(ratios.entrySet().stream()
                        .filter(entry -> entry.getValue() == 0.8)
                        .map(Map.Entry::getKey)
                        .toList())
                .isEqualTo(
                        List.of("f.7", "f.10", "f.14", "f.17", "f.20", "f.24", "f.27", "f.30", "f.34", "f.37", "f.40"));
        assertThat(ratios).containsEntry("fc1", 0.99).containsEntry("fc2", 0.99).doesNotContainKey("out");
    }

    @Test
    void static_pruning_keeps_its_weights_at_zero_while_others_move() {
        INDArray before = network.params().dup();

        StaticPruningListener listener =
                Vgg16StaticPruning.run(network, SmallImages.train(), SmallImages.validation(), 1);

        assertThat(network.params()).isNotEqualTo(before);
        assertThat(SmallImages.zeros(network.getLayer("f.0").getParam("W"))).isEqualTo(0.5);
        assertThat(SmallImages.zeros(network.getLayer("f.40").getParam("W"))).isCloseTo(0.8, within(1e-3));
        assertThat(SmallImages.zeros(network.getLayer("fc1").getParam("W"))).isCloseTo(0.99, within(1e-3));
        assertThat(SmallImages.zeros(network.getLayer("out").getParam("W"))).isZero();
        assertThat(listener.sparsities()).hasSize(15);
    }

    @Test
    void dynamic_pruning_reaches_its_ratios_before_the_end() {
        DynamicPruningListener listener =
                Vgg16DynamicPruning.run(network, SmallImages.train(), SmallImages.validation(), 2);

        assertThat(SmallImages.zeros(network.getLayer("f.3").getParam("W"))).isCloseTo(0.6, within(1e-2));
        assertThat(SmallImages.zeros(network.getLayer("f.40").getParam("W"))).isCloseTo(0.831, within(1e-3));
        assertThat(SmallImages.zeros(network.getLayer("fc2").getParam("W"))).isCloseTo(0.981, within(1e-3));
        assertThat(listener.sparsity()).isBetween(0.83, 0.9);
    }

    @Test
    void soft_pruning_ends_hard_with_four_in_ten_filters_at_zero() {
        SoftPruningListener listener = Vgg16SoftPruning.run(network, SmallImages.train(), SmallImages.validation(), 2);

        assertThat(SmallImages.zeros(network.getLayer("f.40").getParam("W").sum(1, 2, 3)))
                .isEqualTo(12 / 32.0);
        assertThat(listener.sparsity()).isCloseTo(0.4, within(0.03));
    }
}
