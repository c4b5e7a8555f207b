package io.github.dl4jprune.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the filter norms of one layer are spread, and whether a norm criterion may be trusted there: the two requirements
 * that FPGM (He et al., CVPR 2019, section 3.2) names are that norms deviate widely and that the smallest is near zero.
 * Where they fail, filters of small norm are no less important than others.
 *
 * <p>"Widely" and "near" are set here: a standard deviation of at least {@value #WIDE} of the mean, a minimum of at most
 * {@value #NEAR} of the mean.
 *
 * @param layer the layer
 * @param filters number of filters
 * @param minimum smallest L2 norm
 * @param mean mean L2 norm
 * @param maximum largest L2 norm
 * @param deviation population standard deviation of the norms
 * @param histogram how many norms lie in each of {@value #BINS} equal parts of [0, maximum]
 */
public record NormStatistics(
        String layer,
        int filters,
        double minimum,
        double mean,
        double maximum,
        double deviation,
        List<Integer> histogram) {
    /** Number of bins of the histogram. */
    public static final int BINS = 20;

    static final double WIDE = 0.25;
    static final double NEAR = 0.05;

    /** Copies the histogram. */
    public NormStatistics {
        histogram = List.copyOf(histogram);
    }

    /**
     * Statistics of some norms.
     *
     * @param layer the layer
     * @param norms one a filter, none negative, at least one
     */
    public static NormStatistics of(String layer, double[] norms) {
        if (norms.length == 0) {
            throw new IllegalArgumentException("layer \"" + layer + "\" must have at least one filter");
        }
        double mean = Arrays.stream(norms).average().orElseThrow();
        double variance = Arrays.stream(norms)
                .map(norm -> (norm - mean) * (norm - mean))
                .average()
                .orElseThrow();
        double maximum = Arrays.stream(norms).max().orElseThrow();
        int[] bins = new int[BINS];
        for (double norm : norms) {
            bins[maximum == 0 ? 0 : Math.min(BINS - 1, (int) (norm / maximum * BINS))]++;
        }
        return new NormStatistics(
                layer,
                norms.length,
                Arrays.stream(norms).min().orElseThrow(),
                mean,
                maximum,
                Math.sqrt(variance),
                Arrays.stream(bins).boxed().collect(Collectors.toList()));
    }

    /** Whether the norms deviate widely. */
    public boolean wide() {
        return deviation >= WIDE * mean;
    }

    /** Whether the smallest norm is near zero. */
    public boolean nearZero() {
        return minimum <= NEAR * mean;
    }

    /** Whether a norm criterion may be trusted here: both requirements hold. */
    public boolean trusted() {
        return wide() && nearZero();
    }

    /** The verdict in words. */
    public String verdict() {
        String spread = String.format(Locale.ROOT, "deviation %.2f of the mean", mean == 0 ? 0 : deviation / mean);
        String least = String.format(Locale.ROOT, "smallest norm %.2f of the mean", mean == 0 ? 0 : minimum / mean);
        if (trusted()) {
            return "small norms mean unimportant filters: " + spread + ", " + least;
        }
        String why = wide()
                ? least + ", not near zero"
                : nearZero() ? spread + ", too narrow" : spread + ", too narrow; " + least + ", not near zero";
        return "do not trust a norm here: " + why;
    }
}
