package io.github.dl4jprune.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private static final double KILO = 1000;

    private Figures() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Three digits and a unit: {@code 40.6 M}. */
    static String shortened(double value) {
        String[] units = {"", " k", " M", " G", " T"};
        int unit = 0;
        double rest = value;
        while (Math.abs(rest) >= KILO && unit < units.length - 1) {
            rest /= KILO;
            unit++;
        }
        return unit == 0 ? String.format(Locale.ROOT, "%,.0f", rest) : digits(rest) + units[unit];
    }

    /** Three digits and a unit: {@code 1.02 MB}. */
    static String bytes(double value) {
        String text = shortened(value);
        return value < KILO ? text + " B" : text + "B";
    }

    static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : plain(fraction);
    }

    static String millis(double value) {
        return digits(value) + " ms";
    }

    /** Four digits after the point. */
    static String decimal(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : plain(value);
    }

    /** A difference or tolerance, three digits at most: {@code 3.87e-7}. */
    static String scientific(double value) {
        if (!Double.isFinite(value)) {
            return plain(value);
        }
        return new BigDecimal(value, new MathContext(3))
                .stripTrailingZeros()
                .toString()
                .replace('E', 'e');
    }

    private static String plain(double value) {
        return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
