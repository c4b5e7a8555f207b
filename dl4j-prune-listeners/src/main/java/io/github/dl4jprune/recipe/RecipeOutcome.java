package io.github.dl4jprune.recipe;

import io.github.dl4jprune.training.EpochResult;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * A trained and pruned network.
 *
 * @param network of full width with zeros in it; after prune-and-shrink the smaller one
 * @param epochs what each epoch came to
 */
public record RecipeOutcome<M extends Model>(M network, List<EpochResult> epochs) {
    /** Copies the list. */
    public RecipeOutcome {
        epochs = List.copyOf(epochs);
    }
}
