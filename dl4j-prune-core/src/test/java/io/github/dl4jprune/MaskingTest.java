package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.criterion.LpNorm;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.mask.AppliedWeightMask;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.surgery.Surgery;
import io.github.dl4jprune.testing.Networks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class MaskingTest {
    private final ComputationGraph network = Networks.residual(new Sgd(0.1));

    @Test
    void what_goes_is_positive_zero_bit_by_bit_for_zips_to_be_small() {
        WeightMask mask = Masking.of(network).sparsity(0.5).mask();

        mask.applyTo(network);

        double[] parameters = network.params().dup().reshape(mask.length()).toDoubleVector();
        assertThat(mask.positions().stream().mapToLong(i -> Double.doubleToRawLongBits(parameters[i])))
                .hasSizeGreaterThan(100)
                .containsOnly(0L);
    }

    @Test
    void the_smallest_weights_of_every_tensor_go() {
        WeightMask mask = Masking.of(network)
                .sparsity(0.5)
                .layer("side", 0.25)
                .ignore("stem")
                .mask();
        INDArray before = network.params().dup();

        mask.applyTo(network);

        // side is 2x6x3x3 = 108, inner 6x6x3x3 = 324
        assertThat(mask.sparsities())
                .containsEntry("side_W", 27 / 108.0)
                .containsEntry("inner_W", 0.5)
                .containsEntry("stem_W", 0.0)
                .containsEntry("inner_b", 0.0)
                .containsEntry("stemNorm_gamma", 0.0);
        double[] magnitudes = Arrays.stream(
                        network.getParam("inner_W").dup().reshape(324).toDoubleVector())
                .map(Math::abs)
                .sorted()
                .toArray();
        assertThat(Arrays.stream(magnitudes).limit(162)).containsOnly(0.0);
        INDArray original = before.sub(network.params());
        assertThat(original.amaxNumber().doubleValue()).isPositive();
        assertThat(magnitudes[162]).isPositive();
    }

    @Test
    void a_global_ranking_takes_the_smallest_weights_of_all() {
        network.getParam("side_W").muli(1e-6);

        WeightMask mask = Masking.of(network).scope(Scope.GLOBAL).sparsity(0.05).mask();

        long weights = List.of("stem_W", "inner_W", "side_W", "outer_W", "out_W").stream()
                .mapToLong(name -> network.getParam(name).length())
                .sum();
        assertThat(mask.count()).isEqualTo((int) (weights * 0.05));
        assertThat(mask.sparsities()).containsEntry("side_W", Math.min(1.0, mask.count() / 108.0));
    }

    @Test
    void random_masks_differ_by_seed_alone() {
        WeightMask one =
                Masking.of(network).criterion(new RandomScore(1)).sparsity(0.5).mask();
        WeightMask same =
                Masking.of(network).criterion(new RandomScore(1)).sparsity(0.5).mask();
        WeightMask other =
                Masking.of(network).criterion(new RandomScore(2)).sparsity(0.5).mask();

        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(other).isNotEqualTo(one);
        assertThat(other.count()).isEqualTo(one.count());
    }

    @Test
    void undoing_puts_back_what_was_overwritten() {
        MultiLayerNetwork chain = Networks.chain(new Sgd(0.1));
        INDArray before = chain.params().dup();

        AppliedWeightMask<MultiLayerNetwork> applied =
                Masking.of(chain).sparsity(0.5).mask().applyTo(chain);
        assertThat(chain.params()).isNotEqualTo(before);
        applied.undo();

        assertThat(applied.network().params()).isEqualTo(before);
        assertThat(applied.mask().isEmpty()).isFalse();
    }

    @Test
    void masks_combine() {
        WeightMask small = Masking.of(network).sparsity(0.2).mask();
        WeightMask random =
                Masking.of(network).criterion(new RandomScore(3)).sparsity(0.2).mask();

        WeightMask both = small.or(random);

        BitSet expected = small.positions();
        expected.or(random.positions());
        assertThat(both.positions()).isEqualTo(expected);
        assertThat(both.prunes(expected.nextSetBit(0))).isTrue();
        assertThat(WeightMask.none(NetworkView.of(network)).or(small)).isEqualTo(small);
        assertThatThrownBy(() -> small.or(
                        Masking.of(Networks.chain(new Sgd(0.1))).sparsity(0.2).mask()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("masks must be for the same parameters");
    }

    @Test
    void whole_channels_come_back_as_a_channel_mask_and_surgery_cuts_them_out() {
        Masking<ComputationGraph> masking = Masking.of(network)
                .granularity(Granularity.FILTER)
                .criterion(new LpNorm(3))
                .sparsity(0.4);
        NetworkView<ComputationGraph> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);

        WeightMask mask = masking.mask();
        ChannelMask channels = mask.channels(view, graph);
        mask.applyTo(network);

        assertThat(channels.classes())
                .isEqualTo(masking.channelMask().classes())
                .isNotEmpty();
        assertThat(WeightMask.ofZeros(view).channels(view, graph).classes()).isEqualTo(channels.classes());
        ComputationGraph small = Surgery.shrink(view, channels);
        INDArray input = Nd4j.rand(DataType.DOUBLE, 2, 3, 8, 8);
        assertThat(small.outputSingle(input)
                        .sub(network.outputSingle(input))
                        .amaxNumber()
                        .doubleValue())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void a_layer_that_nobody_reads_keeps_one_channel() {
        NetworkView<ComputationGraph> view = NetworkView.of(network);
        BitSet all = new BitSet();
        all.set(0, (int) network.numParams());

        ChannelMask channels = WeightMask.of(view, all).channels(view, ChannelGraph.of(view));

        assertThat(channels.keptUnits().values())
                .allSatisfy(kept -> assertThat(kept).isNotEmpty());
        assertThat(channels.isEmpty()).isFalse();
    }

    @Test
    void impossible_requests_are_refused() {
        assertThatThrownBy(() -> Masking.of(network).layer("steem", 0.5).mask())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"steem\" must be one with weights that train, did you mean \"stem\"?");
        assertThatThrownBy(() -> Masking.of(network)
                        .criterion(new GeometricMedian())
                        .sparsity(0.5)
                        .mask())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "criterion for single weights must be l1, l2, another norm or random, got geometric-median");
        network.getParam("stem_W").putScalar(0, Double.NaN);
        assertThatThrownBy(() -> Masking.of(network).sparsity(0.5).mask())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter \"stem_W\" must be finite, got NaN at 0");
        BitSet tooLong = new BitSet();
        tooLong.set((int) network.numParams());
        assertThatThrownBy(() -> WeightMask.of(NetworkView.of(network), tooLong))
                .hasMessageContaining("pruned positions must be below");
    }
}
