package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.Masking;
import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

class MaskConstraintTest {
    private final List<DataSet> data = SmallNetworks.data(3, 8);

    @TempDir
    Path folder;

    @Test
    void pruned_weights_stay_at_zero_without_any_listener_even_after_saving() throws IOException {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.05));
        WeightMask mask = Masking.of(network).sparsity(0.5).mask();
        Path file = folder.resolve("masked.zip");

        MaskConstraint.install(network, mask);
        network.fit(SmallNetworks.iterator(data));
        assertThat(ZeroWatch.largestPruned(network, mask)).isZero();
        ModelSerializer.writeModel(network, file.toFile(), true);
        ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());
        restored.fit(SmallNetworks.iterator(data));

        assertThat(ZeroWatch.largestPruned(restored, mask)).isZero();
        assertThat(restored.params()).isNotEqualTo(network.params());
    }

    @Test
    void strip_takes_the_constraint_out_of_a_file() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.05));
        MaskConstraint.install(
                network,
                Masking.of(network)
                        .granularity(Granularity.FILTER)
                        .sparsity(0.5)
                        .mask());
        Path file = folder.resolve("masked.zip");
        Path stripped = folder.resolve("stripped.zip");
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.LEFT_OUT);

        ModelFile.strip(file, stripped);

        String masked = network.getLayerWiseConfigurations().toJson();
        MultiLayerNetwork plain = (MultiLayerNetwork) ModelFile.read(stripped).network();
        assertThat(masked).contains("MaskConstraint").hasSizeLessThan(40_000);
        assertThat(plain.getLayerWiseConfigurations().toJson()).doesNotContain("dl4jprune");
        assertThat(plain.params()).isEqualTo(network.params());
    }

    @Test
    void behind_a_constraint_that_breaks_zeros_it_mends_them() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Adam(0.05)).constrainWeights(new UnitNormConstraint(1, 2, 3)),
                SmallNetworks.convolution(4, CNN2DFormat.NCHW),
                SmallNetworks.convolution(3, CNN2DFormat.NCHW),
                new org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer(),
                SmallNetworks.output());
        network.getLayer(3).conf().getLayer().setConstraints(List.of());
        WeightMask mask = Masking.of(network)
                .granularity(Granularity.FILTER)
                .layer("layer0", 0.5)
                .mask();

        MaskConstraint.install(network, mask);
        network.fit(data.get(0));

        assertThat(ZeroWatch.largestPruned(network, mask)).isZero();
        assertThat(network.params().sumNumber().doubleValue()).isFinite();
    }

    @Test
    void frozen_layers_are_refused() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Adam(0.05)),
                new FrozenLayer(SmallNetworks.convolution(4, CNN2DFormat.NCHW)),
                SmallNetworks.output());
        java.util.BitSet first = new java.util.BitSet();
        first.set(0);
        WeightMask mask = WeightMask.of(io.github.dl4jprune.network.NetworkView.of(network), first);

        assertThatThrownBy(() -> MaskConstraint.install(network, mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"layer0\" must be a layer that trains, to have a mask as a constraint");
    }
}
