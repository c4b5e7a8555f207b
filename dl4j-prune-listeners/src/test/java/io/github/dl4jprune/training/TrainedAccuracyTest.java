package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.search.BeeColony;
import io.github.dl4jprune.search.WidthSearch;
import io.github.dl4jprune.search.WidthSearchResult;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

class TrainedAccuracyTest {
    private final List<DataSet> batches = SmallNetworks.data(6, 8);

    private DataSetIterator train() {
        return SmallNetworks.iterator(batches.subList(0, 4));
    }

    private DataSetIterator validation() {
        return SmallNetworks.iterator(batches.subList(4, 6));
    }

    @Test
    void it_is_the_accuracy_of_a_copy_that_was_trained() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        INDArray before = network.params().dup();
        FineTuning training =
                new FineTuning.Builder().epochs(3).learningRate(0.1).seed(1).build();
        MultiLayerNetwork trained = training.fit(network, train(), TrainingProgress.none());

        TrainedAccuracy fitness = new TrainedAccuracy(training, this::train, validation());
        double first = fitness.of(network);

        assertThat(first).isEqualTo(ModelEvaluation.of(trained, validation()).accuracy());
        assertThat(fitness.of(network)).isEqualTo(first);
        assertThat(network.params()).isEqualTo(before);
    }

    @Test
    void a_training_that_diverges_is_worth_nothing() {
        FineTuning training = new FineTuning.Builder()
                .epochs(30)
                .learningRate(1e200)
                .weightDecay(1)
                .build();

        double fitness =
                new TrainedAccuracy(training, this::train, validation()).of(SmallNetworks.layered(new Sgd(0.1)));

        assertThat(fitness).isZero();
    }

    @Test
    void widths_of_both_network_types_are_searched_by_it() {
        BeeColony colony =
                new BeeColony.Builder().sources(2).cycles(1).most(7).seed(4).build();
        TrainedAccuracy fitness = TrainedAccuracy.of(this::train, validation(), 9);
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));

        WidthSearchResult<ComputationGraph> graph =
                WidthSearch.of(network).colony(colony).fitness(fitness).run();
        WidthSearchResult<MultiLayerNetwork> chain = WidthSearch.of(SmallNetworks.layered(new Sgd(0.1)))
                .colony(colony)
                .fitness(fitness)
                .run();

        assertThat(graph.best().fitness())
                .isEqualTo(fitness.of(graph.network()))
                .isPositive();
        assertThat(chain.best().fitness())
                .isEqualTo(fitness.of(chain.network()))
                .isPositive();
        assertThat(graph.network().numParams()).isLessThan(network.numParams());
    }

    @Test
    void validation_data_must_be_there_for_every_candidate() {
        DataSetIterator once = new OnceIterator(validation());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainedAccuracy.of(this::train, once, 1))
                .withMessage("validation data must support reset");
    }
}
