package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.PrunedGroup;
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
        // 15 groups of 328 channels; of the 296 without fc2, which has no batch normalisation, floor(0.4 296) = 118 go
        assertThat(result.groups().stream().mapToInt(PrunedGroup::width).sum()).isEqualTo(328);
        assertThat(result.groups().stream().mapToInt(PrunedGroup::kept).sum()).isEqualTo(210);
    }
}
