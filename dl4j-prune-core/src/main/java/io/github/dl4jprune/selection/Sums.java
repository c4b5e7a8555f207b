package io.github.dl4jprune.selection;

import java.util.Map;

/** Running sums of scores by layer. */
final class Sums {
    private Sums() {}

    static void add(Map<String, double[]> sums, String layer, double[] scores, double weight) {
        double[] sum = sums.computeIfAbsent(layer, name -> new double[scores.length]);
        for (int i = 0; i < scores.length; i++) {
            sum[i] += weight * scores[i];
        }
    }

    static void divide(Map<String, double[]> sums, double total, String criterion) {
        if (!(total > 0)) {
            throw new IllegalArgumentException("data for criterion " + criterion + " must hold at least one example");
        }
        for (double[] sum : sums.values()) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= total;
            }
        }
    }
}
