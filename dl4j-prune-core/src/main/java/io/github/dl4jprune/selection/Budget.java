package io.github.dl4jprune.selection;

import io.github.dl4jprune.cost.Cost;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How much of a network may be left, as fractions of what it costs before; all given bounds hold together.
 *
 * @param macs multiply-adds left, in (0, 1]; empty for no bound
 * @param parameters parameters left, in (0, 1]; empty for no bound
 */
public record Budget(OptionalDouble macs, OptionalDouble parameters) {
    /** No bound at all. */
    public static final Budget NONE = new Budget(OptionalDouble.empty(), OptionalDouble.empty());

    /** Checks the fractions. */
    public Budget {
        check("macs", macs);
        check("parameters", parameters);
    }

    private static void check(String name, OptionalDouble fraction) {
        if (fraction.isPresent() && !(fraction.getAsDouble() > 0 && fraction.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("budget " + name + " must be in (0, 1], got " + fraction.getAsDouble());
        }
    }

    /** At most that fraction of the multiply-adds. */
    public static Budget macs(double fraction) {
        return new Budget(OptionalDouble.of(fraction), OptionalDouble.empty());
    }

    /** At most that fraction of the parameters. */
    public static Budget parameters(double fraction) {
        return new Budget(OptionalDouble.empty(), OptionalDouble.of(fraction));
    }

    /** Both bounds; where both bound the same thing, the smaller holds. */
    public Budget and(Budget other) {
        return new Budget(smaller(macs, other.macs), smaller(parameters, other.parameters));
    }

    private static OptionalDouble smaller(OptionalDouble a, OptionalDouble b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return OptionalDouble.of(Math.min(a.getAsDouble(), b.getAsDouble()));
    }

    /** Whether there is no bound. */
    public boolean isNone() {
        return macs.isEmpty() && parameters.isEmpty();
    }

    /** How far the cost lies below the nearest bound, as a fraction of what it was; negative if a bound is exceeded. */
    double slack(Cost before, Cost after) {
        double slack = Double.POSITIVE_INFINITY;
        if (macs.isPresent()) {
            slack = Math.min(slack, macs.getAsDouble() - fraction(after.macs(), before.macs()));
        }
        if (parameters.isPresent()) {
            slack = Math.min(slack, parameters.getAsDouble() - fraction(after.parameters(), before.parameters()));
        }
        return slack;
    }

    /** By how much the bounds are exceeded, each as a part of what it allows, summed. */
    double excess(Cost before, Cost after) {
        double excess = 0;
        if (macs.isPresent()) {
            excess += Math.max(0, fraction(after.macs(), before.macs()) / macs.getAsDouble() - 1);
        }
        if (parameters.isPresent()) {
            excess += Math.max(0, fraction(after.parameters(), before.parameters()) / parameters.getAsDouble() - 1);
        }
        return excess;
    }

    /** What to say if even the least cost exceeds a bound. */
    String unreachable(OptionalDouble sparsity, Cost before, Cost least) {
        StringBuilder text = new StringBuilder("budget must be reachable");
        sparsity.ifPresent(
                value -> text.append(" with no group above sparsity ").append(value));
        macs.ifPresent(wanted -> text.append(String.format(
                Locale.ROOT, ": macs %s asked, %.4f is the least", wanted, fraction(least.macs(), before.macs()))));
        parameters.ifPresent(wanted -> text.append(String.format(
                Locale.ROOT,
                ": parameters %s asked, %.4f is the least",
                wanted,
                fraction(least.parameters(), before.parameters()))));
        return text.toString();
    }

    private static double fraction(long after, long before) {
        return before == 0 ? 0 : (double) after / before;
    }
}
