package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.PruningResult;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class ResNet20GeometricMedianTest {
    @Test
    void what_was_held_at_zero_is_cut_out() {
        ComputationGraph network = SmallImages.resnet8();

        PruningResult<ComputationGraph> result =
                ResNet20GeometricMedian.run(network, SmallImages.train(), SmallImages.validation(), 1);

        // 0.4 of 16, 32 and 64 channels is 6, 12 and 25
        assertThat(result.network().getLayer("conv1").getParam("W").size(0)).isEqualTo(10);
        assertThat(result.network().getLayer("layer2.0.conv1").getParam("W").size(0))
                .isEqualTo(20);
        assertThat(result.network().getLayer("layer3.0.conv1").getParam("W").size(0))
                .isEqualTo(39);
        assertThat(result.verification().orElseThrow().passed()).isTrue();
        assertThat(result.after().macs()).isLessThan(result.before().macs() / 2);
    }
}
