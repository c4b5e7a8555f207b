package io.github.dl4jprune.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.reconstruction.ReconstructionReport.Leftover;
import io.github.dl4jprune.surgery.Surgery;
import io.github.dl4jprune.testing.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class ReconstructionTest {
    private static final int TWIN = 3;

    @Test
    void readers_of_a_chain_make_good_a_filter_that_has_a_twin() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).name("first").build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(3).name("second").build())
                .layer(new DenseLayer.Builder().nOut(6).name("dense").build())
                .layer(output())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        INDArray weights = network.getLayer(0).getParam("W");
        weights.get(NDArrayIndex.point(TWIN)).assign(weights.get(NDArrayIndex.point(0)));

        // pooling is left out, so that the dense layer reads 192 values: too many for so few examples, but it lost none
        assertMadeGood(network, "first", "second");
    }

    @Test
    void readers_of_a_graph_make_good_a_filter_that_has_a_twin() {
        ComputationGraph network = new ComputationGraph(Networks.builder(new Sgd(0.1))
                .graphBuilder()
                .addInputs("image")
                .addLayer("first", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "image")
                .addLayer("left", new ConvolutionLayer.Builder(3, 3).nOut(3).build(), "first")
                .addLayer("right", new ConvolutionLayer.Builder(1, 1).nOut(2).build(), "first")
                .addLayer("out", output(), "left", "right")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        INDArray weights = network.getLayer("first").getParam("W");
        weights.get(NDArrayIndex.point(TWIN)).assign(weights.get(NDArrayIndex.point(0)));

        assertMadeGood(network, "first", "left", "right");
    }

    /** The twin goes; its readers take from the other what they had from it. */
    private static <N extends Model> void assertMadeGood(N network, String producer, String... readers) {
        ChannelMask mask =
                ChannelMask.ofChannels(ChannelGraph.of(NetworkView.of(network)), Map.of(producer, new int[] {TWIN}));
        N small = Surgery.shrink(NetworkView.of(network), mask);
        INDArray before = NetworkView.of(network).flatParameters().dup();
        INDArray images = Nd4j.rand(DataType.DOUBLE, 7, 3, 8, 8);
        double cut = distance(network, small, images);

        ReconstructionReport report = Reconstruction.of(network, small, mask).rebuild(batches(images(60), 12));

        assertThat(report.layers()).extracting(RebuiltLayer::layer).containsExactly(readers);
        assertThat(report.layers()).allSatisfy(layer -> {
            assertThat(layer.changed()).isTrue();
            assertThat(layer.before()).isGreaterThan(0.01);
            assertThat(layer.after())
                    .as("a twentieth of the gain may be given up")
                    .isLessThan(layer.before() / 19);
        });
        assertThat(report.leftovers()).isEmpty();
        assertThat(report.examples()).isEqualTo(60);
        assertThat(distance(network, small, images)).isLessThan(cut / 10);
        assertThat(NetworkView.of(network).flatParameters()).as("the original").isEqualTo(before);
    }

    @Test
    void nothing_changes_where_the_fit_is_no_better_on_examples_it_did_not_see() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nOut(8).name("dense").build())
                .layer(output())
                .setInputType(InputType.feedForward(4))
                .build());
        network.init();
        ChannelMask mask =
                ChannelMask.ofChannels(ChannelGraph.of(NetworkView.of(network)), Map.of("dense", new int[] {0}));
        INDArray dead = network.getLayer(1).getParam("W").get(NDArrayIndex.point(0));
        dead.assign(0);
        MultiLayerNetwork small = Surgery.shrink(NetworkView.of(network), mask);
        INDArray before = small.params().dup();

        ReconstructionReport report =
                Reconstruction.of(network, small, mask).rebuild(batches(Nd4j.rand(DataType.DOUBLE, 30, 4), 10));

        assertThat(report.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.after()).isEqualTo(layer.before()).isLessThan(1e-7);
            assertThat(layer.changed()).isFalse();
        });
        assertThat(small.params()).isEqualTo(before);
    }

    @Test
    void updater_state_and_counters_stay() {
        MultiLayerNetwork network = Networks.chain(new Nesterovs(0.1, 0.9));
        network.fit(new DataSet(images(4), Networks.oneHot(4, 5)));
        PruningResult<MultiLayerNetwork> result =
                Pruner.of(network).criterion(new RandomScore(1)).sparsity(0.5).prune();
        INDArray state = result.network().getUpdater().getStateViewArray().dup();

        ReconstructionReport report =
                Reconstruction.of(network, result.network(), result.mask()).rebuild(batches(images(20), 10));

        assertThat(report.layers()).anyMatch(RebuiltLayer::changed);
        assertThat(result.network().getUpdater().getStateViewArray()).isEqualTo(state);
        assertThat(result.network().getIterationCount()).isEqualTo(1);
    }

    @Test
    void layers_without_a_rule_are_listed_with_the_reason() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().nOut(6).name("first").build())
                .layer(new LSTM.Builder().nOut(6).name("second").build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(5)
                        .name("out")
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3, 4))
                .build());
        network.init();
        PruningResult<MultiLayerNetwork> result =
                Pruner.of(network).layer("first", 0.5).prune();

        ReconstructionReport report = Reconstruction.of(network, result.network(), result.mask())
                .rebuild(batches(Nd4j.rand(DataType.DOUBLE, 4, 3, 4), 2));

        assertThat(report.layers()).isEmpty();
        assertThat(report.leftovers()).contains(new Leftover("second", "no rule for LSTM"));
        assertThat(report.summary()).contains("left as they were: ", "second (no rule for LSTM)");
    }

    @Test
    void progress_is_told_layer_by_layer_and_only_so_many_examples_are_used() {
        MultiLayerNetwork network = Networks.chain(new Sgd(0.1));
        PruningResult<MultiLayerNetwork> result =
                Pruner.of(network).sparsity(0.5).prune();
        List<RebuiltLayer> told = new ArrayList<>();

        Reconstruction reconstruction = Reconstruction.of(network, result.network(), result.mask())
                .examples(15)
                .progress(told::add);
        ReconstructionReport report = reconstruction.rebuild(batches(images(40), 10));

        assertThat(report.examples()).isEqualTo(15);
        assertThat(told)
                .isEqualTo(report.layers())
                .hasSize(reconstruction.layers())
                .isNotEmpty();
    }

    @Test
    void too_little_and_too_much_to_read_is_refused() {
        MultiLayerNetwork network = Networks.chain(new Sgd(0.1));
        PruningResult<MultiLayerNetwork> result =
                Pruner.of(network).sparsity(0.5).prune();
        Reconstruction reconstruction = Reconstruction.of(network, result.network(), result.mask());

        assertThatThrownBy(() -> reconstruction.examples(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("examples of a reconstruction must be at least 2, got 1");
        assertThatThrownBy(() -> reconstruction.rebuild(batches(images(1), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reconstruction must have at least 2 examples, one to fit to and one to judge, got 1");
    }

    @Test
    void a_fifth_of_the_examples_judges_in_minibatches_of_any_size() {
        CalibrationExamples ofTen = CalibrationExamples.of(batches(images(20), 10), 100);
        CalibrationExamples ofOne = CalibrationExamples.of(batches(images(20), 1), 100);
        CalibrationExamples two = CalibrationExamples.of(batches(images(2), 1), 100);

        assertThat(ofTen.fitted()).isEqualTo(16);
        assertThat(ofTen.count()).isEqualTo(20);
        assertThat(ofOne.fitted()).isEqualTo(16);
        assertThat(ofOne.count()).isEqualTo(20);
        assertThat(two.fitted()).isEqualTo(1);
    }

    @Test
    void several_inputs_are_refused() {
        ComputationGraph network = new ComputationGraph(Networks.builder(new Sgd(0.1))
                .graphBuilder()
                .addInputs("a", "b")
                .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "a")
                .addLayer("out", output(), "dense", "b")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(5))
                .build());
        network.init();
        PruningResult<ComputationGraph> result =
                Pruner.of(network).withoutVerification().sparsity(0.5).prune();

        assertThatThrownBy(() -> Reconstruction.of(network, result.network(), result.mask()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reconstruction must have a network with one input, got 2 inputs");
    }

    private static <N extends Model> double distance(N network, N small, INDArray images) {
        return NetworkView.of(network)
                .output(images)[0]
                .distance2(NetworkView.of(small).output(images)[0]);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(5).activation(Activation.SOFTMAX).build();
    }

    private static INDArray images(int examples) {
        return Nd4j.rand(DataType.DOUBLE, examples, 3, 8, 8);
    }

    private static DataSetIterator batches(INDArray features, int batch) {
        int examples = (int) features.size(0);
        return new ListDataSetIterator<>(new DataSet(features, Networks.oneHot(examples, 5)).asList(), batch);
    }
}
