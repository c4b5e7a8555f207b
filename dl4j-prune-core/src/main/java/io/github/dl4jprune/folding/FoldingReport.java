package io.github.dl4jprune.folding;

import io.github.dl4jprune.surgery.Verification;
import java.util.List;
import java.util.Locale;

/**
 * What became of the constants that removed channels added to the network.
 *
 * <p>The reference is the original with the weights that produce pruned channels at zero and their biases, batch
 * normalisations and activation functions as they were, so that each pruned channel is held at one value; where a
 * constant was left over, its reader hears zero in place of it.
 *
 * @param folds layer by layer, the constants folded, in network order
 * @param leftovers layer by layer, those that were not, and why; constants of zero are in neither list
 * @param comparison how far the reference and the folded network differ: rounding where every fold is exact, else the
 *     error at the borders
 */
public record FoldingReport(List<Fold> folds, List<Leftover> leftovers, Verification comparison) {
    /** Copies the lists. */
    public FoldingReport {
        folds = List.copyOf(folds);
        leftovers = List.copyOf(leftovers);
    }

    /** The parameter a constant was folded into. */
    public enum Target {
        /** The bias of the layer that read it. */
        BIAS,
        /** The running mean of the batch normalisation right behind that layer, which has no bias. */
        RUNNING_MEAN
    }

    /**
     * Constants folded.
     *
     * @param layer the layer that read them
     * @param target what they went into
     * @param channels number of channels
     * @param exact whether that is the same function; false if the layer's window, or one before it, reaches over the
     *     border of an image or series, where the channel was zero and not the constant
     */
    public record Fold(String layer, Target target, int channels, boolean exact) {
        String summary() {
            return channels + " before \"" + layer + "\"" + (exact ? "" : " but for its borders");
        }
    }

    /**
     * Constants not folded.
     *
     * @param layer the layer that read them
     * @param channels number of channels
     * @param reason why not
     */
    public record Leftover(String layer, int channels, String reason) {
        String summary() {
            return channels + " before \"" + layer + "\" (" + reason + ")";
        }
    }

    /** Whether every fold is exact; it is then proved that reference and folded network agree. */
    public boolean exact() {
        return constants().exact();
    }

    /** The report in one line for people. */
    public String summary() {
        return constants().summary()
                + String.format(
                        Locale.ROOT,
                        "; held and folded network differ by %.3g at most (%s)",
                        comparison.maxAbsoluteDifference(),
                        exact() ? "exact" : "at borders");
    }

    /** Both lists without the comparison. */
    public FoldedConstants constants() {
        return new FoldedConstants(folds, leftovers);
    }
}
