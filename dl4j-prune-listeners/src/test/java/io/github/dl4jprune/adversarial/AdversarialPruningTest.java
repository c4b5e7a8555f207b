package io.github.dl4jprune.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.training.BatchNormRecalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

class AdversarialPruningTest {
    private final List<DataSet> batches = SmallNetworks.data(4, 8);
    private final INDArray examples = batches.get(0).getFeatures();

    private DataSetIterator data() {
        return SmallNetworks.iterator(batches);
    }

    /** Steep enough that masks come down from 1 in a few iterations. */
    private static AdversarialPruning.Builder steep() {
        return new AdversarialPruning.Builder()
                .epochs(4)
                .learningRate(0.02)
                .lambda(5)
                .maskEvery(1)
                .seed(3);
    }

    private <N extends Model> PruningResult<N> cut(N network) {
        return ZeroChannels.remove(
                network, InputTypes.infer(NetworkView.of(network).structure()), examples);
    }

    private <N extends Model> void prunes(N network) {
        INDArray before = network.params().dup();

        AdversarialResult<N> result = steep().build().fit(network, data(), AdversarialProgress.none());

        PruningResult<N> cut = cut(result.network());
        assertThat(network.params()).isEqualTo(before);
        assertThat(result.sparsity()).isBetween(0.2, 0.9);
        assertThat(cut.mask().prunedClasses()).isEqualTo((int) result.masks().values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(mask -> mask == 0)
                .count());
        assertThat(cut.network().numParams()).isLessThan(network.numParams());
        INDArray whole = NetworkView.of(result.network()).output(examples)[0];
        INDArray small = NetworkView.of(cut.network()).output(examples)[0];
        assertThat(small.distance2(whole)).isCloseTo(0, within(1e-12));
    }

    @Test
    void channels_at_zero_are_cut_out_of_both_network_types_and_outputs_stay() {
        prunes(SmallNetworks.layered(new Sgd(0.1)));
        prunes(SmallNetworks.graph(new Sgd(0.1)));
    }

    @Test
    void labels_are_not_looked_at() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));
        AdversarialPruning pruning = steep().build();
        ComputationGraph labelled =
                pruning.fit(network, data(), AdversarialProgress.none()).network();
        batches.forEach(batch -> batch.setLabels(batch.getLabels().like()));

        ComputationGraph unlabelled =
                pruning.fit(network, data(), AdversarialProgress.none()).network();

        assertThat(unlabelled.params()).isEqualTo(labelled.params());
    }

    @Test
    void without_a_price_on_masks_the_copy_stays_whole_and_near_the_teacher() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        List<Double> losses = new ArrayList<>();
        MultiLayerNetwork expected = network.clone();
        new BatchNormRecalibration(50).apply(expected, data());

        AdversarialResult<MultiLayerNetwork> result = new AdversarialPruning.Builder()
                .learningRate(1e-9)
                .lambda(0)
                .mu(2)
                .build()
                .fit(network, data(), (iteration, epoch, loss, open) -> {
                    losses.add(loss);
                    assertThat(open).isEqualTo(1);
                    assertThat(epoch).isEqualTo(1);
                });

        assertThat(losses).hasSize(4);
        assertThat(result.sparsity()).isZero();
        assertThat(result.network().params().distance2(expected.params())).isLessThan(1e-5);
        assertThat(cut(result.network()).mask().isEmpty()).isTrue();
    }

    @Test
    void agreement_brings_a_copy_with_random_masks_back_to_the_teacher() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        List<Double> losses = new ArrayList<>();

        new AdversarialPruning.Builder()
                .epochs(10)
                .learningRate(0.01)
                .lambda(0)
                .mu(1)
                .masks(1, 0.5)
                .maskEvery(1)
                .seed(4)
                .build()
                .fit(network, data(), (iteration, epoch, loss, open) -> losses.add(loss));

        double first = losses.subList(0, 4).stream().mapToDouble(d -> d).sum();
        double last = losses.subList(36, 40).stream().mapToDouble(d -> d).sum();
        assertThat(last).isLessThan(first);
    }

    @Test
    void masks_drawn_as_published_close_about_half_of_the_channels_at_once() {
        AdversarialResult<ComputationGraph> result = new AdversarialPruning.Builder()
                .masks(0, 1)
                .seed(8)
                .build()
                .fit(SmallNetworks.graph(new Sgd(0.1)), data(), AdversarialProgress.none());

        assertThat(result.sparsity()).isBetween(0.2, 0.8);
    }

    @Test
    void what_cannot_be_done_is_named() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdversarialPruning.Builder().lambda(-1).build())
                .withMessage("lambda must be at least 0 and finite, got -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdversarialPruning.Builder().maskEvery(0).build())
                .withMessage("mask steps must be at least 1 iteration apart, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdversarialPruning.Builder()
                        .build()
                        .fit(network, new ListDataSetIterator<>(List.of(), 8), AdversarialProgress.none()))
                .withMessage("data must hold at least one batch, got none");
        assertThatIllegalStateException()
                .isThrownBy(() -> new AdversarialPruning.Builder()
                        .learningRate(1e200)
                        .epochs(5)
                        .build()
                        .fit(network, data(), AdversarialProgress.none()))
                .withMessageStartingWith("loss of iteration ")
                .withMessageEndingWith("lower the learning rate of 1.0E200");
    }
}
