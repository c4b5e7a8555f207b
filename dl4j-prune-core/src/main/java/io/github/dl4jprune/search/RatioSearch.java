package io.github.dl4jprune.search;

import io.github.dl4jprune.cost.CostModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sparsities for all groups out of their sensitivity curves: again and again the group whose next measured sparsity
 * costs least for the multiply-adds it saves takes that step. What single steps cost is taken to add up, which
 * it does only roughly: the result is a start for training, not a promise.
 *
 * <p>Cost: one evaluation of the cost model for each group at each step.
 */
public final class RatioSearch {
    private static final double SMALLEST_COST = 1e-6;
    private static final int HALVINGS = 30;

    private final ChannelSensitivity channels;
    private final SensitivityCurves curves;
    private final CostModel costs;
    private final long before;

    private record Step(SensitivitySubject subject, double sparsity, double price) {}

    /**
     * A search.
     *
     * @param channels turns sparsities into masks, as in the scan that the curves are from
     * @param curves what pruning each group costs
     * @param costs what it saves
     */
    public RatioSearch(ChannelSensitivity channels, SensitivityCurves curves, CostModel costs) {
        this.channels = channels;
        this.curves = curves;
        this.costs = costs;
        this.before = costs.of(channels.mask(Map.of())).macs();
    }

    /**
     * Sparsities that leave at most a fraction of the multiply-adds. The last step is shortened so that no more goes
     * than must.
     *
     * @param fraction in (0, 1]
     * @return by layer, ready for {@code Pruner.layer}
     * @throws IllegalArgumentException if all groups at their highest measured sparsity still leave more
     */
    public Map<String, Double> forMacs(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction of multiply-adds must be in (0, 1], got " + fraction);
        }
        Map<SensitivitySubject, Double> chosen = new LinkedHashMap<>();
        while (macs(chosen) > fraction * before) {
            Step step = cheapest(chosen)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "fraction of multiply-adds must be at least %.4f, which the measured sparsities reach, got %s"
                                    .formatted(macs(chosen) / (double) before, fraction)));
            double from = chosen.getOrDefault(step.subject, 0.0);
            chosen.put(step.subject, step.sparsity);
            if (macs(chosen) <= fraction * before) {
                chosen.put(step.subject, shortest(chosen, step, from, fraction));
            }
        }
        return byLayer(chosen);
    }

    /**
     * Sparsities whose losses of accuracy add up to no more than a given one.
     *
     * @param accuracyLost fraction of examples, in [0, 1)
     * @return by layer, ready for {@code Pruner.layer}
     */
    public Map<String, Double> forAccuracyLost(double accuracyLost) {
        if (!(accuracyLost >= 0 && accuracyLost < 1)) {
            throw new IllegalArgumentException("loss of accuracy must be in [0, 1), got " + accuracyLost);
        }
        Map<SensitivitySubject, Double> chosen = new LinkedHashMap<>();
        Map<SensitivitySubject, Boolean> closed = new HashMap<>();
        Optional<Step> next = cheapest(chosen);
        while (next.isPresent()) {
            Step step = next.get();
            double from = chosen.getOrDefault(step.subject, 0.0);
            chosen.put(step.subject, step.sparsity);
            if (accuracyLost(chosen) > accuracyLost + 1e-12) {
                chosen.put(step.subject, from);
                closed.put(step.subject, true);
            }
            next = cheapest(chosen, closed);
        }
        return byLayer(chosen);
    }

    private double accuracyLost(Map<SensitivitySubject, Double> chosen) {
        return chosen.entrySet().stream()
                .mapToDouble(entry -> curves.accuracyLost(entry.getKey(), entry.getValue()))
                .sum();
    }

    private double shortest(Map<SensitivitySubject, Double> chosen, Step step, double from, double fraction) {
        double low = from;
        double high = step.sparsity;
        Map<SensitivitySubject, Double> tried = new LinkedHashMap<>(chosen);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            tried.put(step.subject, middle);
            if (macs(tried) <= fraction * before) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private Optional<Step> cheapest(Map<SensitivitySubject, Double> chosen) {
        return cheapest(chosen, Map.of());
    }

    private Optional<Step> cheapest(Map<SensitivitySubject, Double> chosen, Map<SensitivitySubject, Boolean> closed) {
        long now = macs(chosen);
        Step best = null;
        for (SensitivitySubject subject : curves.subjects()) {
            double at = chosen.getOrDefault(subject, 0.0);
            Optional<Double> next = closed.containsKey(subject) ? Optional.empty() : next(subject, at);
            if (next.isPresent()) {
                Map<SensitivitySubject, Double> tried = new LinkedHashMap<>(chosen);
                tried.put(subject, next.get());
                double added = curves.lossAdded(subject, next.get()) - curves.lossAdded(subject, at);
                double price = (added + SMALLEST_COST) / Math.max(1, now - macs(tried));
                if (best == null || price < best.price) {
                    best = new Step(subject, next.get(), price);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Double> next(SensitivitySubject subject, double sparsity) {
        List<Double> measured = curves.sparsities(subject);
        return measured.stream().filter(s -> s > sparsity).findFirst();
    }

    private long macs(Map<SensitivitySubject, Double> chosen) {
        return costs.of(channels.mask(byLayer(chosen))).macs();
    }

    private static Map<String, Double> byLayer(Map<SensitivitySubject, Double> chosen) {
        Map<String, Double> byLayer = new TreeMap<>();
        chosen.forEach((subject, sparsity) -> {
            if (sparsity > 0) {
                byLayer.put(subject.layer(), sparsity);
            }
        });
        return byLayer;
    }
}
