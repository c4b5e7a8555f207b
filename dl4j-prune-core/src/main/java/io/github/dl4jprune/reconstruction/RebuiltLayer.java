package io.github.dl4jprune.reconstruction;

import java.util.Locale;

/**
 * What fitting did to one layer. Errors are {@code ‖Y - X W‖ / ‖Y‖} on examples that the fit did not see: Y what the original layer
 * sums up for the outputs that are left, X what the layer reads in the smaller network as rebuilt so far.
 *
 * @param layer its name
 * @param rows how many rows were fitted to
 * @param ridge the strength λ that was taken, or 0 if none was better than the weights as they were
 * @param before the error of the weights that surgery left
 * @param after the error of the new weights; {@code before} if none were better
 */
public record RebuiltLayer(String layer, long rows, double ridge, double before, double after) {
    /** Whether the layer has new weights. */
    public boolean changed() {
        return ridge > 0;
    }

    /** One line for people. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "\"%s\" %.1f %% -> %.1f %%%s",
                layer,
                100 * before,
                100 * after,
                changed() ? "" : " (left as it was)");
    }
}
