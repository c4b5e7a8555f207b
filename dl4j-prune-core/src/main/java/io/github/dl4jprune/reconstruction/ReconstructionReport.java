package io.github.dl4jprune.reconstruction;

import java.util.List;
import java.util.Locale;

/**
 * What became of the layers that lost input channels.
 *
 * @param layers those that were fitted, in the order in which that was done
 * @param leftovers those that were not, and why
 * @param examples how many examples were used, those that judge included
 */
public record ReconstructionReport(List<RebuiltLayer> layers, List<Leftover> leftovers, long examples) {
    /** Copies the lists. */
    public ReconstructionReport {
        layers = List.copyOf(layers);
        leftovers = List.copyOf(leftovers);
    }

    /**
     * A layer that lost inputs and kept the weights of those that are left.
     *
     * @param layer its name
     * @param reason why it was not fitted
     */
    public record Leftover(String layer, String reason) {}

    /** The report in one line for people. */
    public String summary() {
        double before =
                layers.stream().mapToDouble(RebuiltLayer::before).average().orElse(0);
        double after =
                layers.stream().mapToDouble(RebuiltLayer::after).average().orElse(0);
        String text = String.format(
                Locale.ROOT,
                "reconstruction: %d layers fitted to %d examples, error of what they sum up %.1f %% -> %.1f %% on average",
                layers.stream().filter(RebuiltLayer::changed).count(),
                examples,
                100 * before,
                100 * after);
        return leftovers.isEmpty() ? text : text + "; left as they were: " + names();
    }

    private String names() {
        return String.join(
                ", ",
                leftovers.stream()
                        .map(left -> left.layer() + " (" + left.reason() + ")")
                        .toList());
    }
}
