package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class OptionATest {
    private static final String SHORTCUT = "layer2.0.shortcut";

    @Test
    void the_shortcut_takes_every_second_pixel_and_pads_channels_on_both_sides() {
        Layer shortcut = network().getLayer(SHORTCUT);
        INDArray input = Nd4j.rand(DataType.DOUBLE, 2, 16, 8, 8);

        INDArray output = shortcut.activate(input.dup(), true, LayerWorkspaceMgr.noWorkspaces());

        INDArray expected = Nd4j.zeros(DataType.DOUBLE, 2, 32, 4, 4);
        block(expected).assign(everySecondPixel(input));
        assertThat(output).isEqualTo(expected);
    }

    @Test
    void its_input_gradient_puts_each_value_back_where_it_came_from() {
        ComputationGraph network = network();
        network.initGradientsView();
        Layer shortcut = network.getLayer(SHORTCUT);
        INDArray input = Nd4j.rand(DataType.DOUBLE, 2, 16, 8, 8);
        INDArray epsilon = Nd4j.rand(DataType.DOUBLE, 2, 32, 4, 4);
        shortcut.activate(input.dup(), true, LayerWorkspaceMgr.noWorkspaces());

        INDArray gradient = shortcut.backpropGradient(epsilon.dup(), LayerWorkspaceMgr.noWorkspaces())
                .getSecond();

        INDArray expected = Nd4j.zeros(DataType.DOUBLE, 2, 16, 8, 8);
        everySecondPixel(expected).assign(block(epsilon));
        assertThat(gradient).isEqualTo(expected);
    }

    @Test
    void training_with_momentum_and_weight_decay_leaves_it_untouched_and_moves_the_rest() {
        ComputationGraph network = network();
        Map<String, INDArray> before = copy(network.paramTable());
        INDArray images = Nd4j.rand(DataType.DOUBLE, 4, 3, 16, 16);
        INDArray labels = Nd4j.eye(10).castTo(DataType.DOUBLE).get(NDArrayIndex.interval(0, 4), NDArrayIndex.all());

        for (int i = 0; i < 3; i++) {
            network.fit(new INDArray[] {images.dup()}, new INDArray[] {labels});
        }

        assertThat(network.paramTable()).allSatisfy((key, parameter) -> {
            boolean fixed = key.contains("shortcut");
            assertThat(parameter.equals(before.get(key))).as(key).isEqualTo(fixed);
        });
    }

    @Test
    void a_restored_network_keeps_the_shortcut() {
        ComputationGraph network = network();

        ComputationGraph restored = new ComputationGraph(ComputationGraphConfiguration.fromJson(
                network.getConfiguration().toJson()));
        restored.init(network.params().dup(), false);

        INDArray images = Nd4j.rand(DataType.DOUBLE, 2, 3, 32, 32);
        assertThat(restored.outputSingle(images)).isEqualTo(network.outputSingle(images));
    }

    private static ComputationGraph network() {
        return new CifarResNet(8)
                .build(new ModelOptions.Builder().dataType(DataType.DOUBLE).build());
    }

    private static INDArray block(INDArray padded) {
        return padded.get(NDArrayIndex.all(), NDArrayIndex.interval(8, 24), NDArrayIndex.all(), NDArrayIndex.all());
    }

    private static INDArray everySecondPixel(INDArray images) {
        return images.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, 2, images.size(2)),
                NDArrayIndex.interval(0, 2, images.size(3)));
    }

    private static Map<String, INDArray> copy(Map<String, INDArray> parameters) {
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().dup()));
    }
}
