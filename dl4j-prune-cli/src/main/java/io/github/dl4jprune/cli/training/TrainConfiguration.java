package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.recipe.Recipe;
import io.github.dl4jprune.recipe.RecipeReader;
import io.github.dl4jprune.recipe.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of {@code train}: a recipe, and how the images come.
 *
 * @param recipe how to train and prune
 * @param examples only the first so many training images; null: all
 * @param batch images a batch
 * @param augmentation random changes of the images
 */
public record TrainConfiguration(Recipe recipe, @Nullable Integer examples, int batch, Augmentation augmentation) {
    private static final int BATCH = 128;

    /** Reads and checks all keys of a {@code train} configuration. */
    public static TrainConfiguration of(Settings root) {
        TrainConfiguration read = ofCandidate(root);
        root.finish();
        return read;
    }

    /** As {@link #of}, but leaves keys without effect to the caller: they may have one in another candidate of a sweep. */
    public static TrainConfiguration ofCandidate(Settings root) {
        Integer examples =
                root.count("examples").isPresent() ? root.count("examples").getAsInt() : null;
        requireAtLeastOne(root, "examples", examples);
        int batch = root.count("batch").orElse(BATCH);
        requireAtLeastOne(root, "batch", batch);
        Augmentation augmentation = root.word("augment", List.of("none", "crop-flip"))
                        .orElse("none")
                        .equals("none")
                ? Augmentation.NONE
                : Augmentation.CROP_FLIP;
        TrainConfiguration read = new TrainConfiguration(RecipeReader.read(root), examples, batch, augmentation);
        root.finishNames();
        return read;
    }

    private static void requireAtLeastOne(Settings root, String key, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(root.subject(key) + " must be at least 1, got " + value);
        }
    }
}
