package io.github.dl4jprune.adversarial;

import java.util.List;

/**
 * The fast iterative shrinkage-thresholding algorithm, FISTA, on masks that may not be negative.
 *
 * @see <a href="https://doi.org/10.1137/080716542">Beck and Teboulle (2009)</a>
 */
final class ThresholdSteps {
    private final List<int[]> spans;
    private double[] masks;
    private double[] before;
    private double pace = 1;

    /**
     * Masks before their first step.
     *
     * @param initial where they begin
     * @param spans first mask and length of each group, of which one stays above 0
     */
    ThresholdSteps(double[] initial, List<int[]> spans) {
        this.masks = initial.clone();
        this.before = initial.clone();
        this.spans = List.copyOf(spans);
    }

    /** A step: ahead by the last one, down the slopes, towards 0 by the threshold, not below. */
    void step(double[] slopes, double rate, double threshold) {
        double next = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
        double[] result = new double[masks.length];
        for (int i = 0; i < result.length; i++) {
            double ahead = masks[i] + (pace - 1) / next * (masks[i] - before[i]);
            result[i] = Math.max(0, ahead - rate * slopes[i] - threshold);
        }
        spans.forEach(span -> keepOne(result, span[0], span[1]));
        before = masks;
        masks = result;
        pace = next;
    }

    /** A group without any channel is a network without an answer: the one that was largest stays where it was. */
    private void keepOne(double[] result, int start, int length) {
        int largest = start;
        double sum = 0;
        for (int i = start; i < start + length; i++) {
            sum += result[i];
            largest = masks[i] > masks[largest] ? i : largest;
        }
        if (sum == 0) {
            result[largest] = masks[largest];
        }
    }

    double[] masks() {
        return masks.clone();
    }
}
