package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.PruningResult;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class NetworkSlimmingTest {
    @Test
    void the_network_that_comes_out_is_smaller_and_trained() {
        MultiLayerNetwork network = SmallImages.vgg16();

        PruningResult<MultiLayerNetwork> result =
                NetworkSlimming.run(network, SmallImages.train(), SmallImages.validation(), 1);

        assertThat(result.after().parameters())
                .isLessThan((long) (0.7 * result.before().parameters()));
        assertThat(result.network().getIterationCount()).isEqualTo(2 * SmallImages.BATCHES);
        assertThat(network.getListeners()).isEmpty();
        assertThat(result.groups().stream().mapToInt(group -> group.kept()).sum())
                .isCloseTo(
                        (int) Math.ceil(0.6
                                * result.groups().stream()
                                        .mapToInt(group -> group.width())
                                        .sum()),
                        within(2));
    }
}
