package io.github.dl4jprune.cli.console;

import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;

/**
 * How large a model is, by the keys of the JSON results.
 *
 * @param parameters trainable values
 * @param macs multiply-adds for one example, fixed shortcut convolutions left out
 * @param fixedMacs those of fixed layers
 * @param bytes length of the model file without updater state
 */
public record Size(long parameters, long macs, long fixedMacs, long bytes) {
    /** The cost of a model, and the bytes of its file. */
    public static Size of(SavedModel model, Cost cost) {
        return new Size(cost.parameters(), cost.macs(), cost.fixedMacs(), ModelFile.bytesWithoutUpdater(model));
    }
}
