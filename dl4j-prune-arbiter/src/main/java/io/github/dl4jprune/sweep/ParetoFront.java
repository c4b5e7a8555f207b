package io.github.dl4jprune.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The results that no other one beats: none is both at least as accurate and at least as small, and better in one. */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * The front.
     *
     * @param results in any order
     * @return by multiply-adds, ascending; accuracies then ascend, too
     */
    public static List<TrialResult> of(Collection<TrialResult> results) {
        List<TrialResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingDouble(TrialResult::macs)
                .thenComparing(Comparator.comparingDouble(TrialResult::accuracy).reversed()));
        List<TrialResult> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (TrialResult result : sorted) {
            if (result.accuracy() > best) {
                front.add(result);
                best = result.accuracy();
            }
        }
        return front;
    }
}
