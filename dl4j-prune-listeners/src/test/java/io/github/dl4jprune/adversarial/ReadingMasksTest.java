package io.github.dl4jprune.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.network.NetworkView;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class ReadingMasksTest {
    private final DataSet batch = SmallNetworks.data(1, 6).get(0);

    private static <N extends Model> ReadingMasks masks(NetworkView<N> network, String... ignored) {
        return new ReadingMasks(network, ChannelGraph.of(network), Set.of(ignored));
    }

    @Test
    void slopes_by_masks_are_what_differences_have_in_both_network_types() {
        MultiLayerNetwork layered = SmallNetworks.layered(new Sgd(0.1));
        ComputationGraph graph = SmallNetworks.graph(new Sgd(0.1));

        requireSlopes(NetworkView.of(layered), 4 + 3 + 5);
        requireSlopes(NetworkView.of(graph), 4 + 5);
    }

    private <N extends Model> void requireSlopes(NetworkView<N> network, int size) {
        ReadingMasks masks = masks(network);
        double[] values =
                new SplittableRandom(3).doubles(masks.size(), 0.2, 1.5).toArray();
        NetworkView<N> holder = network.copyWithoutListeners();
        NetworkView<N> masked = network.copyWithoutListeners();
        masks.multiplyInto(masked, values);
        holder.flatParameters()
                .assign(masked.gradient(batch).reshape(holder.flatParameters().shape()));

        double[] slopes = masks.slopes(network, holder);

        assertThat(masks.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            double expected =
                    (loss(network, masks, changed(values, i, 1e-5)) - loss(network, masks, changed(values, i, -1e-5)))
                            / 2e-5;
            assertThat(slopes[i]).isCloseTo(expected, within(1e-5));
        }
    }

    private static double[] changed(double[] values, int at, double by) {
        double[] result = values.clone();
        result[at] += by;
        return result;
    }

    private <N extends Model> double loss(NetworkView<N> network, ReadingMasks masks, double[] values) {
        NetworkView<N> masked = network.copyWithoutListeners();
        masks.multiplyInto(masked, values);
        masked.gradient(batch);
        return masked.model().score() * batch.numExamples();
    }

    @Test
    void masks_of_one_change_nothing_and_ignored_layers_have_none() {
        NetworkView<MultiLayerNetwork> network = NetworkView.of(SmallNetworks.layered(new Sgd(0.1)));
        NetworkView<MultiLayerNetwork> masked = network.copyWithoutListeners();
        ReadingMasks all = masks(network);
        double[] ones = new double[all.size()];
        Arrays.fill(ones, 1);

        all.multiplyInto(masked, ones);

        assertThat(masked.flatParameters()).isEqualTo(network.flatParameters());
        String first = ChannelGraph.of(network).groups().get(0).name();
        ReadingMasks some = masks(network, first);
        assertThat(some.size()).isEqualTo(all.size() - 4);
        assertThat(some.byGroup(new double[some.size()])).doesNotContainKey(first);
        List<int[]> spans = some.spans();
        assertThat(spans.get(1)).containsExactly(3, 5);
    }

    @Test
    void unknown_layers_are_named() {
        NetworkView<ComputationGraph> network = NetworkView.of(SmallNetworks.graph(new Sgd(0.1)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> masks(network, "dens"))
                .withMessage("layer \"dens\" must be one that makes channels, did you mean \"dense\"?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> masks(network, "conv1", "dense"))
                .withMessage("network must have a group of channels that may be pruned, got none");
    }
}
