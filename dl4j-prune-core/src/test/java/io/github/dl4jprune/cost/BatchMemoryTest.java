package io.github.dl4jprune.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.NoOp;

class BatchMemoryTest {
    private final NetworkView<MultiLayerNetwork> network = NetworkView.of(Networks.chain(new NoOp()));
    private final InputTypes inputs = InputTypes.of(network.structure(), List.of(new long[] {3, 8, 8}));

    @Test
    void inference_keeps_the_input_and_the_largest_activation() {
        // 3 x 8 x 8 in, 4 x 8 x 8 behind the convolution, in DOUBLE
        assertThat(BatchMemory.ofInference(network, inputs)).isEqualTo(new BatchMemory(192, (192 + 256) * 8));
    }

    @Test
    void training_keeps_what_every_layer_with_weights_puts_out() {
        // convolution, batch normalisation, 6 and 5 units; the pooling layer has no weights
        assertThat(BatchMemory.ofTraining(network, inputs))
                .isEqualTo(new BatchMemory(192, (192 + 256 + 256 + 6 + 5) * 8));
    }

    @Test
    void the_tightest_limit_counts() {
        BatchMemory memory = new BatchMemory(192, 3584);

        assertThat(memory.largestBatch(1 << 30, 3584 * 10)).isEqualTo(10);
        assertThat(memory.largestBatch(192 * 4 * 7, 1 << 30)).isEqualTo(7);
        assertThat(memory.largestBatch(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE / 192);
        assertThat(memory.largestBatch()).isPositive();
    }
}
