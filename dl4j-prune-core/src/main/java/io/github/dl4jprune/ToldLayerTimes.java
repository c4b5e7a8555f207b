package io.github.dl4jprune;

import io.github.dl4jprune.cost.LatencyModel;
import io.github.dl4jprune.cost.LayerTime;
import io.github.dl4jprune.cost.TimedLayer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Layer times on their way into a model, whose progress is told. */
final class ToldLayerTimes implements LayerTime {
    private final LayerTime times;
    private final LatencyTarget.Progress progress;
    private @Nullable LatencyModel model;
    private boolean settling;

    ToldLayerTimes(LayerTime times, LatencyTarget.Progress progress) {
        this.times = times;
        this.progress = progress;
    }

    /** Says which model asks. */
    LatencyModel into(LatencyModel asking) {
        model = asking;
        return asking;
    }

    @Override
    public double millis(TimedLayer layer, int in, int out) {
        double millis = times.millis(layer, in, out);
        if (!settling) {
            LatencyModel asking = Objects.requireNonNull(model);
            progress.points(asking.measuredPoints() + 1, asking.points());
        }
        return millis;
    }

    /** Settles the times, and what the model knows of them; whether there was anything to settle. */
    boolean settle() {
        settling = true;
        boolean changed = times.settle(progress::repeated);
        if (changed) {
            Objects.requireNonNull(model).refresh();
        }
        settling = false;
        return changed;
    }
}
