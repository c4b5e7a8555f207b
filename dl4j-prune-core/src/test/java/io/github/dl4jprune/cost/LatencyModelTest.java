package io.github.dl4jprune.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class LatencyModelTest {
    private static final double NONE = 1e-12;
    private final ComputationGraph network = Networks.residual(new Sgd(0.1));
    private final NetworkView<ComputationGraph> view = NetworkView.of(network);
    private final ChannelGraph graph = ChannelGraph.of(view);
    private final List<String> measured = new ArrayList<>();
    private final LatencyModel model =
            LatencyModel.of(view, graph, InputTypes.infer(view.structure()), (layer, in, out) -> {
                measured.add(in + "x" + out);
                return in * out;
            });
    // half of stem and outer, half of inner, half of side
    private final ChannelMask half = ChannelMask.ofChannels(
            graph, Map.of("stem", new int[] {0, 1, 2}, "inner", new int[] {0, 1, 2}, "side", new int[] {0}));

    @Test
    void layers_with_multiply_adds_add_up_at_the_widths_they_are_left_with() {
        double whole = model.millis(ChannelMask.none(graph));
        double halved = model.millis(half);

        // stem 3 -> 6, inner 6 -> 6, side 6 -> 2, outer 8 -> 6, out 12 * 16 -> 5
        assertThat(whole).isEqualTo(18 + 36 + 12 + 48 + 960);
        assertThat(halved).isCloseTo(9 + 9 + 3 + 12 + 480, within(1e-9));
        assertThat(model.measuredLayers()).isEqualTo(5);
    }

    @Test
    void each_point_is_measured_once() {
        model.millis(ChannelMask.none(graph));
        model.millis(ChannelMask.none(graph));

        assertThat(measured).containsExactly("3x6", "6x6", "6x2", "8x6", "192x5");
        assertThat(model.measuredPoints()).isEqualTo(5);
        assertThat(model.points()).isGreaterThan(5);
    }

    @Test
    void the_rest_of_the_network_is_fitted_through_both_timings() {
        double whole = model.millis(ChannelMask.none(graph));
        double halved = model.millis(half);

        LatencyModel fitted = model.calibrated(whole + 30, half, halved + 20);

        assertThat(fitted.millis(ChannelMask.none(graph))).isCloseTo(whole + 30, within(1e-9));
        assertThat(fitted.millis(half)).isCloseTo(halved + 20, within(1e-9));
        assertThat(fitted.constant()).isCloseTo(10, within(1e-9));
    }

    @Test
    void a_rest_that_seems_to_grow_where_channels_go_is_taken_for_constant() {
        double whole = model.millis(ChannelMask.none(graph));
        double halved = model.millis(half);

        LatencyModel fitted = model.calibrated(whole + 30, half, halved + 35);

        assertThat(fitted.constant()).isEqualTo(30);
        assertThat(fitted.millis(half)).isCloseTo(halved + 30, within(1e-9));
    }

    @Test
    void the_parts_are_the_whole() {
        LatencyModel fitted = model.calibrated(2000, half, 900);

        double sum = fitted.constant()
                + fitted.parts().stream()
                        .mapToDouble(part -> part.millis().at(part.in().length, part.out().length))
                        .sum();

        assertThat(sum).isCloseTo(2000, within(1e-9));
    }

    @Test
    void between_the_points_of_the_grid_times_are_linear() {
        TimedLayer layer = new TimedLayer(
                new ConvolutionLayer.Builder(1, 1).nIn(64).nOut(64).build(), InputType.convolutional(2, 2, 64));
        LayerTable table = new LayerTable(
                layer, WidthGrid.of(64), WidthGrid.of(64), (same, in, out) -> in * 1000 + Math.pow(out / 8.0, 2));

        assertThat(table.millis(16, 24)).isEqualTo(16_009);
        assertThat(table.millis(18, 24)).isEqualTo(18_009);
        assertThat(table.millis(16, 28)).isEqualTo(16_000 + (9 + 16) / 2.0);
        assertThat(table.millis(18, 28)).isCloseTo(18_000 + (9 + 16) / 2.0, within(NONE));
        assertThat(table.points()).isEqualTo(81);
    }

    @Test
    void a_depthwise_convolution_is_measured_along_one_axis() {
        TimedLayer layer = new TimedLayer(
                new DepthwiseConvolution2D.Builder(3, 3)
                        .nIn(16)
                        .nOut(32)
                        .depthMultiplier(2)
                        .build(),
                InputType.convolutional(4, 4, 16));
        List<String> asked = new ArrayList<>();
        LayerTable table = new LayerTable(layer, WidthGrid.of(16), WidthGrid.of(32), (same, in, out) -> {
            asked.add(in + "x" + out);
            return in;
        });

        assertThat(table.millis(7, 14)).isEqualTo(7);
        assertThat(table.millis(8, 16)).isEqualTo(8);
        assertThat(asked).containsExactly("6x12", "8x16");
        assertThat(table.points()).isEqualTo(9);
    }

    @Test
    void widths_lie_on_the_steps_of_blocked_kernels() {
        assertThat(points(5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(points(16)).containsExactly(1, 2, 4, 6, 8, 10, 12, 14, 16);
        assertThat(points(40)).containsExactly(1, 8, 16, 24, 32, 40);
        assertThat(points(64)).containsExactly(1, 8, 16, 24, 32, 40, 48, 56, 64);
        assertThat(points(100)).containsExactly(1, 16, 32, 48, 64, 80, 96, 100);
        assertThat(points(512)).containsExactly(1, 64, 128, 192, 256, 320, 384, 448, 512);
        assertThat(points(1)).containsExactly(1);
    }

    private static int[] points(int width) {
        WidthGrid grid = WidthGrid.of(width);
        return java.util.stream.IntStream.rangeClosed(1, width)
                .filter(grid::contains)
                .toArray();
    }
}
