package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.training.FineTuning;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class SketchAgainstSelectionTest {
    @Test
    void both_ways_lead_to_the_same_widths_and_other_weights() {
        Map<String, ComputationGraph> networks = SketchAgainstSelection.narrowed(SmallImages.resnet8(), 0.4);

        ComputationGraph selection = Objects.requireNonNull(networks.get("selection"));
        ComputationGraph sketch = Objects.requireNonNull(networks.get("sketch"));
        assertThat(sketch.numParams())
                .isEqualTo(selection.numParams())
                .isLessThan(SmallImages.resnet8().numParams());
        assertThat(sketch.getLayer("layer2.0.conv1").getParam("W").shape()).containsExactly(20, 16, 3, 3);
        assertThat(sketch.params()).isNotEqualTo(selection.params());
    }

    @Test
    void a_network_is_compared_before_and_after_training() {
        FineTuning training = new FineTuning.Builder().epochs(1).seed(1).build();

        double[] accuracies = SketchAgainstSelection.compared(
                Objects.requireNonNull(SketchAgainstSelection.narrowed(SmallImages.resnet8(), 0.4)
                        .get("sketch")),
                SmallImages.train(),
                SmallImages.validation(),
                training);

        assertThat(accuracies).hasSize(3);
        for (double accuracy : accuracies) {
            assertThat(accuracy).isBetween(0.0, 1.0);
        }
    }
}
