package io.github.dl4jprune.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows, at one moment.
 *
 * @param version another one whenever anything changed
 * @param iteration iterations seen
 * @param epoch epochs begun; 0 where training reports none
 * @param loss DL4J's score of the last iteration; NaN before any
 * @param pruning where pruning stands; null where no listener is watched, or it has not started
 * @param layers every layer, group or parameter that is pruned
 * @param losses rows of iteration and mean loss
 * @param sparsities rows of iteration, sparsity asked, sparsity reached, channels that came back; one for each change
 * @param accuracies rows of iteration and accuracy
 */
record Snapshot(
        long version,
        long iteration,
        int epoch,
        double loss,
        @Nullable Pruning pruning,
        List<LayerState> layers,
        double[][] losses,
        double[][] sparsities,
        double[][] accuracies) {
    /**
     * Where pruning stands as a whole.
     *
     * @param unit {@code channels} or {@code weights}
     * @param asked sparsity over all layers
     * @param reached sparsity over all layers
     * @param soft whether filters may come back
     * @param returned filters that came back since the listener started
     */
    record Pruning(String unit, double asked, double reached, boolean soft, long returned) {}
}
