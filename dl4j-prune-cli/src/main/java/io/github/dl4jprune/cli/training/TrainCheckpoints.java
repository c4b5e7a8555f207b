package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.JsonFile;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.listeners.PruningState;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.ShrinkingPosition;
import io.github.dl4jprune.training.TrainingPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Checkpoints beside the result, {@code NAME-checkpoint-ITERATION.zip}: model zips that plain DL4J opens, with the state of
 * the run and of the listener in entries of their own.
 */
final class TrainCheckpoints implements TrainRun.Checkpoints {
    private static final String SHRINKING = "shrinking";
    private static final String SETTINGS = "settings";
    private static final String MODEL = "model";
    private static final String IMAGES = "images";
    static final String RUN = "dl4j-prune-run.json";

    private final Path out;
    private final SavedModel model;
    private final TrainConfiguration configuration;
    private final String digest;
    private final long images;

    /**
     * Checkpoints of one run.
     *
     * @param digest of the model file that the run began with
     * @param images fingerprint of what it trains on
     */
    TrainCheckpoints(Path out, SavedModel model, TrainConfiguration configuration, String digest, long images) {
        this.out = out;
        this.model = model;
        this.configuration = configuration;
        this.digest = digest;
        this.images = images;
    }

    @Override
    public void save(Model network, long iterations, TrainingPosition position, Optional<PruningState> state) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put(SETTINGS, TrainSettings.of(configuration).values());
        run.put("epoch", position.epoch());
        run.put("batch", position.batch());
        run.put("lossSum", position.lossSum());
        run.put("epochs", position.finished());
        SavedModel plain = model.withNetwork(network);
        write(state.map(s -> s.addTo(plain)).orElse(plain), iterations, run);
    }

    @Override
    public void save(Model network, ShrinkingPosition position) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put(SETTINGS, TrainSettings.of(configuration).values());
        run.put(SHRINKING, position);
        write(model.withNetwork(network), position.iterations(), run);
    }

    private void write(SavedModel checkpoint, long iterations, Map<String, Object> run) {
        run.put(MODEL, digest);
        run.put(IMAGES, images);
        try {
            byte[] entry = JsonFile.text(run).getBytes(StandardCharsets.UTF_8);
            ModelFile.write(file(iterations), checkpoint.withAttachment(RUN, entry), UpdaterState.SAVED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(long iterations) {
        String name = String.valueOf(out.getFileName()).replaceFirst("\\.zip$", "");
        return out.resolveSibling(name + "-checkpoint-" + iterations + ".zip");
    }

    /**
     * Where a checkpoint's run goes on.
     *
     * @throws IllegalArgumentException if the file is no checkpoint, or of a run with another configuration, model or training images
     */
    TrainRun.Start resume(Path file) throws IOException {
        SavedModel checkpoint = Models.open(file);
        byte[] entry = checkpoint.attachments().get(RUN);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "file \"" + file + "\" must be a checkpoint of train, got a model without the state of a run");
        }
        JsonNode run = JsonFile.read(new String(entry, StandardCharsets.UTF_8));
        String changes = TrainSettings.of(configuration).changesSince(run.path(SETTINGS));
        if (!changes.isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoint \"" + file + "\" must be of a run with the same configuration: " + changes);
        }
        requireUpdaterState(file, checkpoint);
        if (!run.path(MODEL).asText().equals(digest)) {
            throw new IllegalArgumentException(
                    "checkpoint \"" + file + "\" must be of a run that began with this MODEL, got one of another");
        }
        if (run.path(IMAGES).asLong() != images) {
            throw new IllegalArgumentException(
                    "checkpoint \"" + file + "\" must be of a run on these training images, got one on others");
        }
        Optional<PruningState> state = PruningState.of(checkpoint);
        return new TrainRun.Start(
                checkpoint.network(),
                position(run),
                run.has(SHRINKING)
                        ? ShrinkingPosition.fromJson(run.get(SHRINKING).toString())
                        : ShrinkingPosition.START,
                (listener, network) -> listener.resume(network, state.orElseThrow(() -> noState(file))));
    }

    /** Going on without what the updater had gathered would be another run. */
    private void requireUpdaterState(Path file, SavedModel checkpoint) {
        boolean needed = configuration.recipe().updater().create().stateSize(1) > 0;
        if (needed && NetworkView.of(checkpoint.network()).updaterState().isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoint \"" + file + "\" must hold the state of the updater (updaterState.bin), got none");
        }
    }

    private static TrainingPosition position(JsonNode run) {
        List<EpochResult> finished = new ArrayList<>();
        run.path("epochs")
                .forEach(epoch -> finished.add(new EpochResult(
                        epoch.path("epoch").asInt(),
                        epoch.path("loss").asDouble(),
                        epoch.path("validationAccuracy").asDouble(),
                        epoch.path("sparsity").asDouble())));
        return new TrainingPosition(
                run.path("epoch").asInt(),
                run.path("batch").asInt(),
                run.path("lossSum").asDouble(),
                finished);
    }

    private static IllegalArgumentException noState(Path file) {
        return new IllegalArgumentException(
                "checkpoint \"" + file + "\" must hold the state of a pruning listener, got none");
    }
}
