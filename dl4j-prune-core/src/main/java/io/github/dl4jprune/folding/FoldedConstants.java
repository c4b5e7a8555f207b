package io.github.dl4jprune.folding;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Leftover;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which constants of pruned channels were folded, and which were not.
 *
 * @param folds layer by layer, the constants folded, in network order
 * @param leftovers layer by layer, those that were not, and why; constants of zero are in neither list
 */
public record FoldedConstants(List<Fold> folds, List<Leftover> leftovers) {
    /** Copies the lists. */
    public FoldedConstants {
        folds = List.copyOf(folds);
        leftovers = List.copyOf(leftovers);
    }

    /** Whether every fold is exact, at borders too. */
    public boolean exact() {
        return folds.stream().allMatch(Fold::exact);
    }

    /** Both lists in one line for people. */
    public String summary() {
        String text = "constants folded: "
                + (folds.isEmpty() ? "none" : folds.stream().map(Fold::summary).collect(Collectors.joining(", ")));
        return leftovers.isEmpty()
                ? text
                : text + "; left over: "
                        + leftovers.stream().map(Leftover::summary).collect(Collectors.joining(", "));
    }
}
