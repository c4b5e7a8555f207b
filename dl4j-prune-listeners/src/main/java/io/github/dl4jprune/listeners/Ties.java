package io.github.dl4jprune.listeners;

import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.StoredParameter;
import io.github.dl4jprune.compression.StoredParameter.Raw;
import io.github.dl4jprune.compression.StoredParameter.Shared;
import java.util.Arrays;

/** For every parameter, along the flat vector, the cluster that it belongs to. */
final class Ties {
    private static final int FREE = -1;
    private static final int ZERO = -2;
    private final int[] clusters;
    private final int count;

    private Ties(int[] clusters, int count) {
        this.clusters = clusters;
        this.count = count;
    }

    static Ties of(SharedModel model) {
        int[] clusters = new int[model.length()];
        int count = 0;
        for (StoredParameter parameter : model.parameters()) {
            int start = parameter.slice().start();
            if (parameter.values() instanceof Shared shared) {
                for (int i = 0; i < shared.codes().length; i++) {
                    clusters[start + i] = shared.codes()[i] == 0 ? ZERO : count + shared.codes()[i] - 1;
                }
                count += shared.codebook().length;
            } else if (parameter.values() instanceof Raw raw) {
                for (int i = 0; i < raw.values().length; i++) {
                    boolean pruned = parameter.slice().isWeights() && raw.values()[i] == 0;
                    clusters[start + i] = pruned ? ZERO : FREE;
                }
            }
        }
        return new Ties(clusters, count);
    }

    int count() {
        return count;
    }

    /** Puts the sum of each cluster in place of its members. */
    void sum(double[] values) {
        spread(values, 0, sums(values, 0));
    }

    /** Puts the mean of each cluster in place of its members. */
    void average(double[] values) {
        average(values, 0);
    }

    /** The same for a part of the flat vector that holds whole clusters. */
    void average(double[] values, int start) {
        double[] means = sums(values, start);
        long[] members = new long[count];
        for (int i = 0; i < values.length; i++) {
            if (clusters[start + i] >= 0) {
                members[clusters[start + i]]++;
            }
        }
        for (int cluster = 0; cluster < count; cluster++) {
            means[cluster] /= Math.max(1, members[cluster]);
        }
        spread(values, start, means);
    }

    /** Whether all members of each cluster are equal already, and zeros are 0. */
    boolean hold(double[] values) {
        double[] known = new double[count];
        Arrays.fill(known, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            int cluster = clusters[i];
            if (cluster >= 0 && Double.isNaN(known[cluster])) {
                known[cluster] = values[i];
            }
            if ((cluster == ZERO && values[i] != 0) || (cluster >= 0 && known[cluster] != values[i])) {
                return false;
            }
        }
        return true;
    }

    private double[] sums(double[] values, int start) {
        double[] sums = new double[count];
        for (int i = 0; i < values.length; i++) {
            if (clusters[start + i] >= 0) {
                sums[clusters[start + i]] += values[i];
            }
        }
        return sums;
    }

    private void spread(double[] values, int start, double[] ofClusters) {
        for (int i = 0; i < values.length; i++) {
            int cluster = clusters[start + i];
            if (cluster != FREE) {
                values[i] = cluster == ZERO ? 0 : ofClusters[cluster];
            }
        }
    }
}
