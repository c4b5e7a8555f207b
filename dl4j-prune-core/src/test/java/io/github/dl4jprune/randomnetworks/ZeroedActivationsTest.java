package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ZeroedActivationsTest {
    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void a_zeroed_channel_is_as_if_nobody_read_it(CNN2DFormat format) {
        MultiLayerNetwork network = HandMade.chain(format);
        INDArray images = HandMade.images(format);
        MultiLayerNetwork unread = HandMade.chain(format);
        INDArray reader = unread.getLayer(4).getParam("W"); // [height, width, in, multiplier]
        reader.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, 2), NDArrayIndex.all())
                .assign(0);

        INDArray[] zeroed =
                ZeroedActivations.of(network, Map.of("pool", new int[] {1})).output(images);

        assertThat(zeroed[0].distance2(unread.output(images))).isLessThan(1e-14);
        assertThat(zeroed[0].distance2(network.output(images))).isGreaterThan(1e-3);
    }

    @Test
    void several_channels_of_several_vertices_are_zeroed() {
        ComputationGraph network = HandMade.graph();

        LayerwiseForward.Activations activations = ZeroedActivations.of(
                        network, Map.of("sum", new int[] {0, 2}, "c", new int[] {1}))
                .run(HandMade.images(CNN2DFormat.NCHW));

        INDArray merged = activations.output("merge");
        for (int channel = 0; channel < 5; channel++) {
            double largest = merged.get(NDArrayIndex.all(), NDArrayIndex.point(channel))
                    .amaxNumber()
                    .doubleValue();
            assertThat(largest == 0).as("channel %d", channel).isEqualTo(channel == 0 || channel == 2 || channel == 4);
        }
    }

    @Test
    void the_network_itself_stays_as_it_was() {
        ComputationGraph network = HandMade.graph();
        INDArray images = HandMade.images(CNN2DFormat.NCHW);
        INDArray before = network.output(images)[0].dup();

        ZeroedActivations.of(network, Map.of("a", new int[] {0})).output(images);

        assertThat(network.output(images)[0]).isEqualTo(before);
        assertThat(images).isEqualTo(HandMade.images(CNN2DFormat.NCHW));
    }

    @Test
    void an_unknown_name_is_refused() {
        assertThatThrownBy(() -> ZeroedActivations.of(HandMade.graph(), Map.of("nobody", new int[] {0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no layer or vertex \"nobody\"");
    }
}
