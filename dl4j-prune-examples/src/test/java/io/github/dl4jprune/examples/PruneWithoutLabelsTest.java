package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.PrunedGroup;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.adversarial.AdversarialPruning;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class PruneWithoutLabelsTest {
    @Test
    void the_network_that_comes_out_is_smaller_and_the_teacher_as_it_was() {
        MultiLayerNetwork network = SmallImages.vgg16();
        long parameters = network.numParams();

        PruningResult<MultiLayerNetwork> result = PruneWithoutLabels.run(
                network,
                SmallImages.train(),
                SmallImages.validation(),
                new AdversarialPruning.Builder()
                        .masks(0, 1)
                        .maskEvery(1)
                        .recalibrationBatches(1)
                        .build());

        assertThat(result.network().numParams()).isLessThan(parameters);
        assertThat(network.numParams()).isEqualTo(parameters);
        assertThat(result.groups()).allMatch(group -> group.kept() >= 1);
        assertThat(result.groups().stream().mapToInt(PrunedGroup::kept).sum())
                .isBetween(100, 250); // of 328, about half
        assertThat(result.verification().orElseThrow().passed()).isTrue();
    }
}
