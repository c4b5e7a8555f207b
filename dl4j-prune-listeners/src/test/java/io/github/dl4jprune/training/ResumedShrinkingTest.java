package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.criterion.Taylor;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A run of a PruningTrainer that was cut off goes on from its last step as if nothing had happened. */
class ResumedShrinkingTest {
    @TempDir
    private Path folder;

    private final DataSetIterator validation = SmallNetworks.iterator(SmallNetworks.data(2, 8));

    /** Every pass brings the batches in another order, as shuffled images come. */
    private static final class Rotating extends ForwardingIterator {
        private static final long serialVersionUID = 1L;
        private final transient List<DataSet> batches = SmallNetworks.data(3, 8);
        private int pass;
        private int next;

        Rotating() {
            super(SmallNetworks.iterator(SmallNetworks.data(3, 8)));
        }

        @Override
        public boolean hasNext() {
            return next < batches.size();
        }

        @Override
        public DataSet next() {
            return batches.get((pass + next++) % batches.size()).copy();
        }

        @Override
        public void reset() {
            pass += next > 0 ? 1 : 0;
            next = 0;
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }
    }

    private static NeuralNetConfiguration.Builder noisy() {
        return SmallNetworks.builder(new Adam(0.01)).dropOut(0.8).l2(1e-3);
    }

    static Stream<Model> networks() {
        return Stream.of(
                SmallNetworks.layered(noisy(), SmallNetworks.layers(CNN2DFormat.NCHW, true)),
                SmallNetworks.graph(noisy(), CNN2DFormat.NCHW));
    }

    private static PruningTrainer trainer(ShrinkingCheckpoint checkpoint) {
        return new PruningTrainer.Builder()
                .criterion(new Taylor())
                .sparsity(0.6)
                .steps(3)
                .epochsPerStep(2)
                .totalEpochs(8)
                .tolerance(0.4)
                .backOff(2)
                .seed(11)
                .checkpoint(checkpoint)
                .build();
    }

    private Path file() {
        return folder.resolve("checkpoint.zip");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void what_is_left_is_bit_for_bit_what_it_would_have_been(Model network) {
        List<ShrinkingPosition> positions = new ArrayList<>();
        ShrinkingCheckpoint killed = (reached, position) -> {
            ModelFile.write(file(), new SavedModel(reached, null, InputShapes.UNKNOWN), UpdaterState.SAVED);
            positions.add(ShrinkingPosition.fromJson(position.toJson()));
            if (positions.size() == 2) {
                throw new CancellationException("killed");
            }
        };
        Nd4j.getRandom().setSeed(1);
        assertThatThrownBy(() -> trainer(killed).train(network, new Rotating(), validation))
                .isInstanceOf(CancellationException.class);

        Nd4j.getRandom().setSeed(2);
        PrunedTraining<Model> resumed = trainer(ShrinkingCheckpoint.none())
                .resume(network, ModelFile.read(file()).network(), positions.get(1), new Rotating(), validation);

        Nd4j.getRandom().setSeed(3);
        PrunedTraining<Model> whole = trainer(ShrinkingCheckpoint.none()).train(network, new Rotating(), validation);
        assertThat(resumed.steps()).isEqualTo(whole.steps());
        assertThat(resumed.end()).isEqualTo(whole.end());
        assertThat(resumed.network().params()).isEqualTo(whole.network().params());
        assertThat(state(resumed.network())).isEqualTo(state(whole.network()));
        assertThat(whole.steps().stream().mapToInt(PruningStep::epochs).sum()).isGreaterThanOrEqualTo(8);
    }

    private static List<Object> state(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        List<Object> state = new ArrayList<>();
        view.parameters(view.structure().nodes().get(1).name())
                .values()
                .forEach(parameter ->
                        state.addAll(view.updaterState().orElseThrow().components(parameter)));
        return state;
    }

    @Test
    void a_position_must_have_a_loss_for_every_epoch() {
        assertThatThrownBy(() -> new ShrinkingPosition(List.of(), List.of(0.5), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "position must have one loss for each of the 0 epochs and no negative number, got 1, 3 and 1");
        assertThatThrownBy(() -> ShrinkingPosition.fromJson("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("position must be readable, got ");
    }
}
