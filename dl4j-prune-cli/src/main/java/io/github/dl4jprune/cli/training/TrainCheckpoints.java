package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.listeners.PruningState;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ShrinkingPosition;
import io.github.dl4jprune.training.TrainingPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/** Checkpoints of {@code train}: with the state of the listener, or of the driver that shrinks, beside that of the run. */
final class TrainCheckpoints implements TrainRun.Checkpoints {
    private static final String SHRINKING = "shrinking";

    private final SavedModel model;
    private final TrainConfiguration configuration;
    private final RunCheckpoints files;

    /**
     * Checkpoints of one run.
     *
     * @param out its result
     * @param digest of the model file that the run began with
     * @param images fingerprint of what it trains on
     */
    TrainCheckpoints(Path out, SavedModel model, TrainConfiguration configuration, String digest, long images) {
        this.model = model;
        this.configuration = configuration;
        this.files = new RunCheckpoints("train", out, TrainSettings.of(configuration), digest, images);
    }

    /** Makes sure that no checkpoint is written over what the run reads. */
    void requireApart(String subject, Path input) {
        files.requireApart(subject, input);
    }

    @Override
    public void save(Model network, long iterations, TrainingPosition position, Optional<PruningState> state) {
        SavedModel plain = model.withNetwork(network);
        files.write(state.map(s -> s.addTo(plain)).orElse(plain), iterations, position);
    }

    @Override
    public void save(Model network, ShrinkingPosition position) {
        files.write(model.withNetwork(network), position.iterations(), Map.of(SHRINKING, position));
    }

    /**
     * Where a checkpoint's run goes on.
     *
     * @throws IllegalArgumentException if the file is no checkpoint, or of a run with another configuration, model or training images
     */
    TrainRun.Start resume(Path file) throws IOException {
        boolean stateNeeded = configuration.recipe().updater().create().stateSize(1) > 0;
        RunCheckpoints.Read checkpoint = files.read(file, stateNeeded);
        Optional<PruningState> state = PruningState.of(checkpoint.model());
        boolean shrinking = checkpoint.run().has(SHRINKING);
        return new TrainRun.Start(
                checkpoint.model().network(),
                shrinking ? TrainingPosition.START : checkpoint.position(),
                shrinking
                        ? ShrinkingPosition.fromJson(
                                checkpoint.run().get(SHRINKING).toString())
                        : ShrinkingPosition.START,
                (listener, network) -> listener.resume(network, state.orElseThrow(() -> noState(file))));
    }

    private static IllegalArgumentException noState(Path file) {
        return new IllegalArgumentException(
                "checkpoint \"" + file + "\" must hold the state of a pruning listener, got none");
    }
}
