package io.github.dl4jprune.recipe;

import io.github.dl4jprune.folding.FoldedConstants;
import io.github.dl4jprune.training.EpochResult;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/**
 * A trained and pruned network.
 *
 * @param network of full width with zeros in it; after prune-and-shrink the smaller one
 * @param epochs what each epoch came to
 * @param constants what became of the constants that soft pruning's filters left behind; empty for other methods
 */
public record RecipeOutcome<M extends Model>(M network, List<EpochResult> epochs, Optional<FoldedConstants> constants) {
    /** Copies the list. */
    public RecipeOutcome {
        epochs = List.copyOf(epochs);
    }

    RecipeOutcome(M network, List<EpochResult> epochs) {
        this(network, epochs, Optional.empty());
    }
}
