package io.github.dl4jprune.examples.tables;

import java.util.Arrays;
import java.util.Locale;

/**
 * Mean and sample standard deviation.
 *
 * @param mean of the values
 * @param deviation {@code sqrt(sum (x - mean)² / (n - 1))}, NaN for one value
 */
record Spread(double mean, double deviation) {
    static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(mean, Math.sqrt(squares / (values.length - 1)));
    }

    /** In hundredths, {@code 89.26 ± 0.12}; of one value only the value. */
    @Override
    public String toString() {
        String text = String.format(Locale.ROOT, "%.2f", mean);
        return Double.isNaN(deviation) ? text : text + String.format(Locale.ROOT, " ± %.2f", deviation);
    }
}
