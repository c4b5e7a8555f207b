package io.github.dl4jprune.schedule;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A sparsity that never falls: 0 before the first of its {@link Steps}, constant from one step to the next, and exactly
 * its bound from the last one on. Stateless and immutable; written to JSON and YAML as any other ND4J schedule. A
 * sparsity is the fraction of zeros, in [0, 1).
 *
 * <p>Wherever this library asks for a schedule, any {@link ISchedule} with values in [0, 1) will do.
 */
public sealed interface SparsitySchedule extends ISchedule
        permits OneShotSparsity,
                LinearSparsity,
                CosineSparsity,
                CubicSparsity,
                ExponentialSparsity,
                LogarithmicSparsity,
                AsymptoticSparsity {

    /** The sparsity at and after the last step, in [0, 1). */
    double bound();

    /** When the sparsity changes. */
    Steps steps();

    /**
     * The sparsity of a step.
     *
     * @param progress how much of the way from the first to the last step lies behind, in [0, 1]
     * @return the sparsity before it is confined to [0, bound]; does not fall as {@code progress} grows
     */
    double curve(double progress);

    @Override
    default double valueAt(int iteration, int epoch) {
        int now = steps().now(iteration, epoch);
        if (now < steps().start()) {
            return 0;
        }
        double progress = steps().progress(now);
        return progress == 1 ? bound() : Math.max(0, Math.min(bound(), curve(progress)));
    }
}
