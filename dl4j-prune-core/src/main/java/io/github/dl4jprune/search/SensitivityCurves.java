package io.github.dl4jprune.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Quality over sparsity, one curve a subject. What is read off a curve never gets better as sparsity grows: where a
 * measured point is better than one before it, that is noise, and the worse one counts.
 */
public final class SensitivityCurves {
    private final Quality base;
    private final Map<SensitivitySubject, NavigableMap<Double, Quality>> curves = new LinkedHashMap<>();

    /**
     * Curves through measured points.
     *
     * @param base quality of the whole network
     * @param points in any order, each subject with at least one
     */
    public SensitivityCurves(Quality base, Collection<SensitivityPoint> points) {
        this.base = base;
        for (SensitivityPoint point : points) {
            curves.computeIfAbsent(point.subject(), subject -> new TreeMap<>()).put(point.sparsity(), point.quality());
        }
    }

    /** Quality of the whole network. */
    public Quality base() {
        return base;
    }

    /** The subjects that have a curve, in the order in which their points came. */
    public List<SensitivitySubject> subjects() {
        return List.copyOf(curves.keySet());
    }

    /** All measured points, subject by subject, sparsities ascending. */
    public List<SensitivityPoint> points() {
        List<SensitivityPoint> points = new ArrayList<>();
        curves.forEach((subject, curve) ->
                curve.forEach((sparsity, quality) -> points.add(new SensitivityPoint(subject, sparsity, quality))));
        return points;
    }

    /** The sparsities measured for a subject, ascending; 0 is not among them unless it was measured. */
    public List<Double> sparsities(SensitivitySubject subject) {
        return List.copyOf(curve(subject).keySet());
    }

    /** How far accuracy falls, in [0, 1]: the most of all points up to this sparsity, 0 before the first. */
    public double accuracyLost(SensitivitySubject subject, double sparsity) {
        return curve(subject).headMap(sparsity, true).values().stream()
                .mapToDouble(quality -> base.accuracy() - quality.accuracy())
                .reduce(0, Math::max);
    }

    /** How far the loss rises: the most of all points up to this sparsity, 0 before the first. */
    public double lossAdded(SensitivitySubject subject, double sparsity) {
        return curve(subject).headMap(sparsity, true).values().stream()
                .mapToDouble(quality -> quality.loss() - base.loss())
                .filter(added -> !Double.isNaN(added))
                .reduce(0, Math::max);
    }

    /** Subjects from the one that loses most accuracy at a sparsity to the one that loses least. */
    public List<SensitivitySubject> mostSensitiveFirst(double sparsity) {
        List<SensitivitySubject> order = new ArrayList<>(curves.keySet());
        order.sort((a, b) -> {
            int byAccuracy = Double.compare(accuracyLost(b, sparsity), accuracyLost(a, sparsity));
            return byAccuracy != 0 ? byAccuracy : Double.compare(lossAdded(b, sparsity), lossAdded(a, sparsity));
        });
        return order;
    }

    private NavigableMap<Double, Quality> curve(SensitivitySubject subject) {
        NavigableMap<Double, Quality> curve = curves.get(subject);
        if (curve == null) {
            throw new IllegalArgumentException("group \"" + subject.group() + "\" must have a curve");
        }
        return curve;
    }
}
