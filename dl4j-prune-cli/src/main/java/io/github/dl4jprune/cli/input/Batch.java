package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.cost.BatchMemory;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;

/**
 * A number of examples at a time, as the user gave it.
 *
 * @param name the option or key
 * @param size its value
 */
public record Batch(String name, int size) {
    /** Checks that there is an example in it. */
    public Batch {
        if (size < 1) {
            throw new IllegalArgumentException(name + " must be >= 1, got " + size);
        }
    }

    /**
     * Makes sure, before any work is done, that inference can hold the batch in memory.
     *
     * @param examples how many there are: a batch is never larger
     */
    public void requireInference(SavedModel model, int examples) {
        require(BatchMemory.ofInference(NetworkView.of(model.network()), ModelInputs.types(model)), examples);
    }

    /** As {@link #requireInference}, for training. */
    public void requireTraining(SavedModel model, int examples) {
        require(BatchMemory.ofTraining(NetworkView.of(model.network()), ModelInputs.types(model)), examples);
    }

    /** As {@link #requireInference}, for a model that takes so much memory an example. */
    public void require(BatchMemory memory, int examples) {
        int largest = memory.largestBatch();
        if (Math.min(size, examples) > largest) {
            throw new IllegalArgumentException(
                    "%s must be at most %d, or memory is too small for this network (DL4J_PRUNE_OPTS=-Xmx8g allows more), got %d"
                            .formatted(name, largest, size));
        }
    }
}
