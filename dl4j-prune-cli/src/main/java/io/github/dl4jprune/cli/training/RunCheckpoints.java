package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.JsonFile;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.TrainingPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Checkpoints of one run beside its result, {@code NAME-checkpoint-ITERATION.zip}: model zips that plain DL4J opens, with the
 * state of the run in an entry of its own.
 *
 * @param command that runs
 * @param out its result
 * @param settings what it was told
 * @param model digest of the model file that it began with
 * @param images fingerprint of what it trains on
 */
record RunCheckpoints(String command, Path out, RunSettings settings, String model, long images) {
    /** The entry. */
    static final String RUN = "dl4j-prune-run.json";

    private static final String COMMAND = "command";
    private static final String SETTINGS = "settings";
    private static final String MODEL = "model";
    private static final String IMAGES = "images";

    /** A checkpoint, as read. */
    record Read(SavedModel model, JsonNode run) {
        /** Where its run goes on. */
        TrainingPosition position() {
            boolean whole = run.path("epoch").isInt()
                    && run.path("batch").isInt()
                    && run.path("lossSum").isNumber();
            if (!whole) {
                throw new IllegalArgumentException("checkpoint must say epoch, batch and lossSum in numbers");
            }
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
    }

    /**
     * Makes sure that no checkpoint is written over what the run reads.
     *
     * @param subject what the file is to the command, such as {@code MODEL}
     */
    void requireApart(String subject, Path input) {
        String name = String.valueOf(input.getFileName());
        boolean beside = folder(input).equals(folder(out));
        if (beside
                && name.startsWith(prefix())
                && name.substring(prefix().length()).matches("\\d+\\.zip")) {
            throw new IllegalArgumentException(
                    "%s must not have the name of a checkpoint of this run, got \"%s\": rename it, or name another --out"
                            .formatted(subject, input));
        }
    }

    private static Path folder(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file lies in a folder");
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    private String prefix() {
        return String.valueOf(out.getFileName()).replaceFirst("\\.zip$", "") + "-checkpoint-";
    }

    /** Writes the checkpoint of a run that has come to a position. */
    void write(SavedModel network, long iterations, TrainingPosition position) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("epoch", position.epoch());
        run.put("batch", position.batch());
        run.put("lossSum", position.lossSum());
        run.put("epochs", position.finished());
        write(network, iterations, run);
    }

    /** Writes a checkpoint with what is needed to go on. */
    void write(SavedModel network, long iterations, Map<String, Object> state) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put(COMMAND, command);
        run.put(SETTINGS, settings.values());
        run.putAll(state);
        run.put(MODEL, model);
        run.put(IMAGES, images);
        try {
            byte[] entry = JsonFile.text(run).getBytes(StandardCharsets.UTF_8);
            ModelFile.write(file(iterations), network.withAttachment(RUN, entry), UpdaterState.SAVED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(long iterations) {
        return out.resolveSibling(prefix() + iterations + ".zip");
    }

    /**
     * Reads a checkpoint to go on from.
     *
     * @param stateNeeded whether the updater gathers anything
     * @throws IllegalArgumentException if the file is no checkpoint, or of another command, or of a run with other settings, model or
     *     training images
     */
    Read read(Path file, boolean stateNeeded) throws IOException {
        SavedModel checkpoint = Models.open(file);
        byte[] entry = checkpoint.attachments().get(RUN);
        if (entry == null) {
            throw new IllegalArgumentException("file \"" + file + "\" must be a checkpoint of " + command
                    + ", got a model without the state of a run");
        }
        JsonNode run = JsonFile.read(new String(entry, StandardCharsets.UTF_8));
        String other = run.path(COMMAND).asText();
        require(file, other.equals(command), "must be of " + command + ", got one of " + other);
        String changes = settings.changesSince(run.path(SETTINGS));
        require(file, changes.isEmpty(), "must be of a run with the same " + settings.kind() + ": " + changes);
        // going on without what the updater had gathered would be another run
        boolean state = !stateNeeded
                || NetworkView.of(checkpoint.network()).updaterState().isPresent();
        require(file, state, "must hold the state of the updater (updaterState.bin), got none");
        boolean same = run.path(MODEL).asText().equals(model);
        require(file, same, "must be of a run that began with this MODEL, got one of another");
        require(
                file,
                run.path(IMAGES).asLong() == images,
                "must be of a run on these training images, got one on others");
        return new Read(checkpoint, run);
    }

    private static void require(Path file, boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("checkpoint \"" + file + "\" " + rule);
        }
    }
}
