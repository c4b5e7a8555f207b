package io.github.dl4jprune.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the entries of a {@link WidthSearch}'s vectors mean: entry e stands for the sparsity number e, counted from 1, so that
 * a larger entry is a wider group.
 *
 * @param sparsities fractions of channels removed, falling, each in [0, 1)
 */
public record WidthScale(List<Double> sparsities) {
    private static final int TENTHS = 10;

    /** Copies the list, checks order and range. */
    public WidthScale {
        sparsities = List.copyOf(sparsities);
        if (sparsities.isEmpty()) {
            throw new IllegalArgumentException("width scale must have at least one sparsity, got none");
        }
        double before = 1;
        for (double sparsity : sparsities) {
            if (!(sparsity >= 0 && sparsity < before)) {
                throw new IllegalArgumentException(
                        "width scale: sparsities must fall and be in [0, 1), got " + sparsity + " after " + before);
            }
            before = sparsity;
        }
    }

    /** Tenths, as in ABCPruner: entry e keeps e tenths of the channels, 10 keeps all. */
    public static WidthScale tenths() {
        return even(0.1, TENTHS);
    }

    /**
     * Even steps up to the whole width; {@code even(0.1, 31)} are MetaPruning's widths 0.10, 0.13, ..., 1.00.
     *
     * @param least fraction of channels that entry 1 keeps, in (0, 1)
     * @param levels how many widths, at least 2
     */
    public static WidthScale even(double least, int levels) {
        if (!(least > 0 && least < 1)) {
            throw new IllegalArgumentException("least width must be in (0, 1), got " + least);
        }
        Bounds.atLeast("width levels", levels, 2);
        // decimal, or floor(N S) would lose a channel to rounding
        BigDecimal most = BigDecimal.ONE.subtract(BigDecimal.valueOf(least));
        return new WidthScale(IntStream.rangeClosed(1, levels)
                .mapToObj(entry -> most.multiply(BigDecimal.valueOf(levels - entry))
                        .divide(BigDecimal.valueOf(levels - 1), new MathContext(12, RoundingMode.HALF_EVEN))
                        .doubleValue())
                .toList());
    }

    /** Number of widths, the largest entry. */
    public int levels() {
        return sparsities.size();
    }

    /** Fraction of channels that an entry removes. */
    double sparsity(int entry) {
        return sparsities.get(entry - 1);
    }
}
