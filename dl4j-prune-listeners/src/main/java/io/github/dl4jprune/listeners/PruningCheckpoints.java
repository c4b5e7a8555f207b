package io.github.dl4jprune.listeners;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Saves a network that is being pruned every n iterations, with its updater state and the state of its pruning listener, so
 * that training can go on from the file as if nothing had happened.
 *
 * <p>The file of iteration n is written when iteration n + 1 has made its forward pass: only then are the counters of the
 * network raised and its constraints applied, and nothing of iteration n + 1 has touched the parameters yet. It is written
 * whole or not at all. To go on, {@link #resume} the file, and train on the batches from the {@code getIterationCount()}-th
 * on. Dropout and noise are only repeatable with a {@link SeededIterations}; the states of recurrent layers between the
 * segments of truncated back-propagation are not saved, so let n be a multiple of their number.
 *
 * <p>Under a ParallelWrapper, whose workers are between two averagings, nothing is written.
 */
public final class PruningCheckpoints extends BaseTrainingListener {
    private final PruningListener listener;
    private final int every;
    private final IntFunction<Path> files;
    private final @Nullable SavedModel like;
    private int lastSaved = -1;

    private PruningCheckpoints(Builder builder, PruningListener listener, IntFunction<Path> files) {
        this.listener = listener;
        this.every = builder.every;
        this.files = files;
        this.like = builder.like;
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        forward(model);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        forward(model);
    }

    @SuppressWarnings("try") // the workspace scope is there to be closed
    private void forward(Model model) {
        if (!Listeners.isNetwork(model) || !listener.leads(model)) {
            return;
        }
        int iteration = iterationCount(model);
        if (iteration > 0 && iteration % every == 0 && iteration != lastSaved) {
            try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                save(model, files.apply(iteration));
            }
            lastSaved = iteration;
        }
    }

    /**
     * Saves a network that is not being trained at this moment.
     *
     * @param model the network that the listener prunes
     * @param file the place of the output; an ordinary file there is replaced
     */
    public void save(Model model, Path file) {
        SavedModel saved = like == null ? new SavedModel(model, null, InputShapes.UNKNOWN) : like.withNetwork(model);
        ModelFile.write(file, listener.state().addTo(saved), UpdaterState.SAVED);
    }

    /**
     * Goes on where a checkpoint was saved: attaches the listener to the network in the file.
     *
     * @param checkpoint as read by {@link ModelFile#read}
     * @param listener built like the one that was saved, and new
     * @return the network, ready to be trained on
     * @throws IllegalArgumentException if the file holds no pruning state, or one of another listener
     */
    public static Model resume(SavedModel checkpoint, PruningListener listener) {
        PruningState state = PruningState.of(checkpoint)
                .orElseThrow(() -> new IllegalArgumentException(
                        "checkpoint must hold the state of a pruning listener, got a model without one"));
        listener.resume(checkpoint.network(), state);
        return checkpoint.network();
    }

    private static int iterationCount(Model model) {
        return model instanceof MultiLayerNetwork layered
                ? layered.getIterationCount()
                : ((ComputationGraph) model).getIterationCount();
    }

    /** Collects what to save, where and when. */
    public static final class Builder {
        private @Nullable PruningListener listener;
        private int every = 1000;
        private @Nullable IntFunction<Path> files;
        private @Nullable SavedModel like;

        /** The listener whose state is saved; required. */
        public Builder listener(PruningListener value) {
            listener = value;
            return this;
        }

        /** Iterations from one file to the next, at least 1; by default 1000. */
        public Builder every(int iterations) {
            every = Timetable.requireEvery(iterations);
            return this;
        }

        /** The file of an iteration; required. */
        public Builder files(IntFunction<Path> value) {
            files = value;
            return this;
        }

        /** A model whose normaliser, input shapes and attachments the files get too. */
        public Builder like(SavedModel value) {
            like = value;
            return this;
        }

        /**
         * The checkpoints, to be added to the network's listeners.
         *
         * @throws IllegalArgumentException if the listener or the files are missing
         */
        public PruningCheckpoints build() {
            if (listener == null || files == null) {
                throw new IllegalArgumentException("listener and files must be set");
            }
            return new PruningCheckpoints(this, listener, files);
        }
    }
}
