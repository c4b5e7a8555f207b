package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LayerwiseForwardTest {
    @Test
    void layer_by_layer_gives_what_the_network_gives() {
        for (long seed = 0; seed < 20; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);
            INDArray[] expected = random.output();
            LayerwiseForward forward = LayerwiseForward.of(random.network());

            LayerwiseForward.Activations activations = forward.run(random.inputs());

            for (int i = 0; i < expected.length; i++) {
                INDArray output = activations.output(forward.outputNames().get(i));
                assertThat(output.shape()).as(random.description()).isEqualTo(expected[i].shape());
                assertThat(output.distance2(expected[i]))
                        .as(random.description())
                        .isLessThan(1e-12);
            }
        }
    }

    @Test
    void layers_go_by_their_name_or_else_their_index() {
        LayerwiseForward forward = LayerwiseForward.of(HandMade.chain(CNN2DFormat.NCHW));

        assertThat(forward.names())
                .containsExactly("input", "conv", "norm", "layer2", "pool", "depthwise", "dense", "out");
        assertThat(forward.sources("norm")).containsExactly("conv");
        assertThat(forward.outputNames()).containsExactly("out");
    }

    @Test
    void a_layer_without_a_name_goes_by_its_index() {
        MultiLayerNetwork network = HandMade.chain(CNN2DFormat.NCHW);

        network.getLayer(3).conf().getLayer().setLayerName(null);

        assertThat(LayerwiseForward.of(network).names()).contains("3").doesNotContain("pool", "layer3");
    }

    @Test
    void a_layer_is_given_what_its_preprocessor_makes() {
        MultiLayerNetwork network = HandMade.chain(CNN2DFormat.NCHW);

        LayerwiseForward.Activations activations = LayerwiseForward.of(network).run(HandMade.images(CNN2DFormat.NCHW));

        assertThat(activations.input("dense").get(0).shape()).containsExactly(2, 6 * 2 * 2);
        assertThat(activations.output("depthwise").shape()).containsExactly(2, 6, 2, 2);
    }

    @Test
    void the_types_of_a_random_network_are_those_of_its_activations() {
        for (long seed = 0; seed < 20; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);

            Map<String, INDArray> outputs =
                    LayerwiseForward.of(random.network()).run(random.inputs()).outputs();

            assertThat(outputs.keySet())
                    .containsExactlyInAnyOrderElementsOf(random.types().keySet());
            outputs.forEach((name, output) -> {
                long[] shape = output.shape();
                shape[0] = -1;
                assertThat(shape)
                        .as("%s of %s", name, random.description())
                        .isEqualTo(
                                Objects.requireNonNull(random.types().get(name)).getShape(true));
            });
        }
    }
}
