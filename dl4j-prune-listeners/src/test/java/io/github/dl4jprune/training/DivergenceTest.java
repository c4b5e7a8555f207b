package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import java.time.Duration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class DivergenceTest {
    private final MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));

    private static TrainingStatus epoch(double loss) {
        return new TrainingStatus(2, 3, 8, 12, loss, 1, Duration.ZERO);
    }

    @Test
    void finite_losses_and_parameters_go_on() {
        assertThatCode(() -> Divergence.refuse(network, epoch(0.5), "rate 1")).doesNotThrowAnyException();
    }

    @Test
    void a_loss_that_is_no_number_ends_the_run() {
        assertThatThrownBy(() -> Divergence.refuse(network, epoch(Double.NaN), "rate 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("training diverged: mean loss of epoch 2 is NaN at rate 1");
    }

    @Test
    void one_infinite_parameter_ends_the_run_whatever_the_loss_before_it_was() {
        network.params().putScalar(3, Double.NEGATIVE_INFINITY);

        assertThatThrownBy(() -> Divergence.refuse(network, epoch(0.5), "rate 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("training diverged: parameters after epoch 2 are infinite or NaN at rate 1");
    }
}
