package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.sparse.GuidedSparsity;
import io.github.dl4jprune.sparse.LayerChoice;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;

/** Weights are pruned where it was measured to pay. */
class GuidedPruningTest {
    private static final GuidedSparsity GUIDE =
            GuidedSparsity.of(List.of(measured("conv1", 0.3), measured("conv2", 0.8), measured("dense", 0.5)), 0.25);

    private static LayerChoice measured(String layer, double breakEven) {
        return new LayerChoice(layer, 0.5, 1, 1, breakEven, false);
    }

    @Test
    void layers_get_what_pays_and_the_rest_stays_dense() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(new LinearSparsity(0.6, new Steps(ScheduleType.ITERATION, 0, 2, 1)))
                .layer("dense", 0.9)
                .sparsity(0.6)
                .guided(GUIDE)
                .build();
        listener.attach(network);

        SmallNetworks.data(3, 8).forEach(network::fit);

        // conv1 pays from 0.7 on, conv2 from 0.2 on, dense from 0.5 to 0.75; 86 of conv2's 144 go, 375 of dense's 500
        assertThat(listener.sparsities())
                .containsOnly(
                        entry("conv2_W", new LayerSparsity(0.6, 86 / 144.0)),
                        entry("dense_W", new LayerSparsity(0.75, 0.75)));
        assertThat(network.getParam("conv1_W").eq(0).any()).isFalse();
        assertThat(network.getParam("output_W").eq(0).any()).isFalse();
    }

    @Test
    void a_sparsity_that_pays_nowhere_and_channels_are_refused() {
        StaticPruningListener.Builder builder =
                new StaticPruningListener.Builder().sparsity(0.1).guided(GUIDE);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guided sparsity must go with single weights, got whole channels");
        assertThatThrownBy(() -> builder.granularity(Granularity.WEIGHT).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "sparsity must pay in some layer, got {conv1=0.1, conv2=0.1, dense=0.1} where ");
    }
}
