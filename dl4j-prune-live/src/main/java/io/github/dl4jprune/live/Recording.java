package io.github.dl4jprune.live;

import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.live.Curve.Merge;
import java.lang.ref.WeakReference;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of a training run. Of several networks that train at once, the workers of a ParallelWrapper, one is
 * followed: whichever last began an epoch, else the first seen. Thread-safe.
 */
final class Recording {
    static final int CAPACITY = 2000;

    private final Curve losses = new Curve(CAPACITY, Merge.LAST, Merge.MEAN);
    private final Curve sparsities = new Curve(CAPACITY, Merge.LAST, Merge.LAST, Merge.LAST, Merge.LAST);
    private final Curve accuracies = new Curve(CAPACITY, Merge.LAST, Merge.MEAN);
    private WeakReference<Model> followed = new WeakReference<>(null);
    private @Nullable Watched watched;
    private long version;
    private long iteration;
    private int epoch;
    private double loss = Double.NaN;

    synchronized void watch(PruningListener listener) {
        watched = new Watched(listener);
        look();
    }

    synchronized void epochBegun(Model model) {
        followed = new WeakReference<>(model);
        epoch++;
        version++;
        look();
    }

    synchronized void iterationDone(Model model) {
        Model before = followed.get();
        if (before == null) {
            followed = new WeakReference<>(model);
        } else if (before != model) {
            return;
        }
        iteration++;
        version++;
        loss = model.score();
        losses.add((double) iteration, loss);
        look();
    }

    /** Looks for a mask that changed at the end of an epoch. */
    synchronized void epochDone() {
        look();
    }

    synchronized void accuracy(double accuracy) {
        version++;
        accuracies.add((double) iteration, accuracy);
    }

    private void look() {
        if (watched != null && watched.changed()) {
            Snapshot.Pruning now = watched.pruning();
            if (now != null) {
                version++;
                sparsities.add((double) iteration, now.asked(), now.reached(), (double) now.returned());
            }
        }
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(
                version,
                iteration,
                epoch,
                loss,
                watched == null ? null : watched.pruning(),
                watched == null ? List.of() : watched.layers(),
                losses.rows(),
                sparsities.rows(),
                accuracies.rows());
    }
}
