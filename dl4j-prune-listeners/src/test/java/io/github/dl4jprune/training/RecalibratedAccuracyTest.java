package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.generation.PruningNetProgress;
import io.github.dl4jprune.generation.PruningNetTraining;
import io.github.dl4jprune.search.EvolutionSearch;
import io.github.dl4jprune.search.WidthScale;
import io.github.dl4jprune.search.WidthSearch;
import io.github.dl4jprune.search.WidthSearchResult;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

class RecalibratedAccuracyTest {
    private static final BatchNormRecalibration TWO_BATCHES = new BatchNormRecalibration(2);

    private final List<DataSet> batches = SmallNetworks.data(6, 8);
    private final ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));

    private DataSetIterator train() {
        return SmallNetworks.iterator(batches.subList(0, 4));
    }

    private DataSetIterator validation() {
        return SmallNetworks.iterator(batches.subList(4, 6));
    }

    @Test
    void it_is_the_accuracy_with_new_statistics_and_the_same_weights() {
        ComputationGraph expected = network.clone();
        TWO_BATCHES.apply(expected, train());

        double fitness = new RecalibratedAccuracy(TWO_BATCHES, this::train, validation()).of(network);

        assertThat(fitness).isEqualTo(ModelEvaluation.of(expected, validation()).accuracy());
        assertThat(network.params()).isEqualTo(expected.params());
    }

    @Test
    void an_evolution_ranks_generated_weights_by_it() {
        EvolutionSearch evolution = new EvolutionSearch(4, 2, 2, 2, 0.2, 2, 31, 4);
        RecalibratedAccuracy fitness = new RecalibratedAccuracy(TWO_BATCHES, this::train, validation());

        WidthSearchResult<ComputationGraph> found = WidthSearch.of(network)
                .evolution(evolution)
                .scale(WidthScale.even(0.1, 31))
                .generate(new PruningNetTraining.Builder().build(), train(), PruningNetProgress.none())
                .fitness(fitness)
                .macs(0.5)
                .run();

        assertThat(found.best().fitness())
                .isEqualTo(fitness.of(found.network()))
                .isPositive();
        assertThat(found.best().macs()).isLessThanOrEqualTo(0.5);
        assertThat(found.network().numParams()).isLessThan(network.numParams());
    }

    @Test
    void validation_data_must_be_there_for_every_candidate() {
        DataSetIterator once = new OnceIterator(validation());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecalibratedAccuracy(TWO_BATCHES, this::train, once))
                .withMessage("validation data must support reset");
    }
}
