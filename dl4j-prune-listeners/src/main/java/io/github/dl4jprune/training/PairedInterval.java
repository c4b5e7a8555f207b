package io.github.dl4jprune.training;

import java.util.BitSet;

/**
 * The difference of two classifiers' accuracies on the same examples, with a 95 % interval. Among {@code n} examples
 * let {@code b} be those that only the first gets right and {@code c} those that only the second does. Then
 * <pre>
 * d  = (c - b) / n
 * se = sqrt(b + c - (c - b)^2 / n) / n
 * interval = d - 1.96 se .. d + 1.96 se
 * </pre>
 * Only examples on which the two disagree count, as in McNemar's test, so the interval is much narrower than that of
 * two independent samples. It is a normal approximation: with few disagreements (fewer than about 25) read it with
 * care, and with none it has no width.
 *
 * @param difference second minus first accuracy, in [-1, 1]
 * @param lower lower end of the 95 % interval
 * @param upper upper end of the 95 % interval
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar (1947)</a>
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981130)17:22%3C2635::AID-SIM954%3E3.0.CO;2-C">Newcombe
 *     (1998), method 1, for the interval</a>
 */
public record PairedInterval(double difference, double lower, double upper) {
    /** The 0.975 quantile of the standard normal distribution. */
    private static final double QUANTILE = 1.959963984540054;

    /**
     * Compares two evaluations of the same examples in the same order.
     *
     * @param first the reference, usually the network before pruning
     * @param second what is compared with it
     * @return second minus first
     * @throws IllegalArgumentException if they saw different numbers of examples
     */
    public static PairedInterval between(ModelEvaluation first, ModelEvaluation second) {
        int n = first.examples();
        if (second.examples() != n) {
            throw new IllegalArgumentException(
                    "both evaluations must see the same examples, got " + n + " and " + second.examples());
        }
        BitSet onlyFirst = first.correct();
        onlyFirst.andNot(second.correct());
        BitSet onlySecond = second.correct();
        onlySecond.andNot(first.correct());
        double b = onlyFirst.cardinality();
        double c = onlySecond.cardinality();
        double difference = (c - b) / n;
        double halfWidth = QUANTILE * Math.sqrt(b + c - (c - b) * (c - b) / n) / n;
        return new PairedInterval(difference, difference - halfWidth, difference + halfWidth);
    }
}
