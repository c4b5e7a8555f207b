package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.training.PrunedTraining;
import io.github.dl4jprune.training.PruningTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class PruneAndShrinkTest {
    @Test
    void every_step_makes_the_network_smaller() {
        PruningTrainer trainer =
                new PruningTrainer.Builder().macs(0.6).steps(2).epochsPerStep(1).build();

        PrunedTraining<MultiLayerNetwork> result =
                PruneAndShrink.run(SmallImages.vgg16(), SmallImages.train(), SmallImages.validation(), trainer);

        long first = result.steps().get(0).cost().macs();
        assertThat(result.steps()).hasSize(3);
        assertThat(result.end()).isEqualTo(PrunedTraining.End.TARGET_REACHED);
        assertThat(result.steps().get(1).cost().macs()).isBetween((long) (0.7 * first), (long) (0.8 * first));
        assertThat(result.last().cost().macs()).isLessThanOrEqualTo((long) (0.6 * first));
    }
}
