package io.github.dl4jprune.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.compression.WeightPruning;
import io.github.dl4jprune.compression.WeightPruning.Keep;
import io.github.dl4jprune.compression.WeightPruning.Quality;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class GuidedSparsityTest {
    private static LayerChoice measured(String layer, double breakEven) {
        return new LayerChoice(layer, 0.1, 2, 1, breakEven, true);
    }

    private static final GuidedSparsity GUIDE =
            GuidedSparsity.of(List.of(measured("conv", 0.25), measured("pointwise", 0.01), measured("dense", 1)));

    @Test
    void a_layer_below_its_break_even_goes_back_to_dense() {
        assertThat(GUIDE.sparsity("conv", 0.7)).isZero();
        assertThat(GUIDE.sparsity("conv", 0.75)).isEqualTo(0.75);
        assertThat(GUIDE.sparsity("conv", 0.9)).isEqualTo(0.9);
        assertThat(GUIDE.sparsity("dense", 0.01)).isEqualTo(0.01);
    }

    @Test
    void a_layer_at_its_useful_bound_is_pruned_no_further() {
        assertThat(GUIDE.sparsity("conv", 0.995)).isEqualTo(0.98);
        assertThat(GuidedSparsity.of(List.of(measured("conv", 0.25)), 0.1).sparsity("conv", 0.95))
                .isEqualTo(0.9);
    }

    @Test
    void a_layer_that_gains_nowhere_or_has_no_sparse_form_stays_dense() {
        assertThat(GUIDE.sparsity("pointwise", 0.999)).isZero();
        assertThat(GUIDE.sparsity("embedding", 0.9)).isZero();
    }

    @Test
    void several_layers_are_guided_at_once() {
        assertThat(GUIDE.sparsities(Map.of("conv", 0.8, "dense", 0.99, "pointwise", 0.9, "lstm", 0.9)))
                .containsOnly(entry("conv", 0.8), entry("dense", 0.98));
    }

    @Test
    void a_threshold_becomes_keep_ratios() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().name("wide").nOut(4).build())
                .layer(new DenseLayer.Builder().name("narrow").nOut(5).build())
                .layer(new OutputLayer.Builder()
                        .name("out")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
        network.init();
        // +-1 to +-10, deviation 6.2: |w| < 6.2 go, which is 12 of 20
        INDArray wide = Nd4j.createFromArray(
                -10.0, -9.0, -8.0, -7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0,
                9.0, 10.0);
        network.getLayer(0).getParam("W").assign(wide.reshape(5, 4));
        network.getLayer(1).getParam("W").assign(wide.reshape(4, 5));
        WeightPruning rules =
                new WeightPruning(Map.of("wide", new Quality(1), "narrow", new Quality(1), "out", new Keep(0.5)));

        WeightPruning guided = GuidedSparsity.of(
                        List.of(measured("wide", 0.4), measured("narrow", 0.39), measured("out", 0.6)))
                .guide(network, rules);

        assertThat(guided.rules()).containsOnlyKeys("wide", "out");
        assertThat(guided.rules().get("wide"))
                .isInstanceOfSatisfying(
                        Keep.class, keep -> assertThat(keep.ratio()).isCloseTo(0.4, within(1e-12)));
        assertThat(guided.mask(network).sumNumber().intValue())
                .isEqualTo(rules.mask(network).sumNumber().intValue() + 12);
    }

    @Test
    void what_was_not_measured_or_is_out_of_range_is_refused() {
        assertThatThrownBy(() -> GuidedSparsity.of(List.of(measured("conv", Double.NaN))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"conv\" must have been timed, got no break-even density");
        assertThatThrownBy(() -> GuidedSparsity.of(List.of(), 0))
                .hasMessage("least density must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> GUIDE.sparsity("conv", 1))
                .hasMessage("layer \"conv\": sparsity must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new GuidedSparsity.Range(-0.1, 0.5))
                .hasMessage("sparsities that pay must be in [0, 1] and [0, 1), got -0.1 and 0.5");
    }
}
