package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a run has come: all of it that is not in the network, its updater or a listener.
 *
 * @param epoch the epoch under way, from 0
 * @param batch how many of its batches are done
 * @param lossSum sum of DL4J's scores over those batches
 * @param finished what the epochs before came to
 */
public record TrainingPosition(int epoch, int batch, double lossSum, List<EpochResult> finished) {
    /** The beginning of a run. */
    public static final TrainingPosition START = new TrainingPosition(0, 0, 0, List.of());

    /** Checks that the numbers fit together. */
    public TrainingPosition {
        finished = List.copyOf(finished);
        if (epoch < 0 || batch < 0 || finished.size() != epoch) {
            throw new IllegalArgumentException("position must have one finished epoch for each before " + epoch
                    + " and no negative batch, got " + finished.size() + " and " + batch);
        }
    }

    TrainingPosition afterBatch(double loss) {
        return new TrainingPosition(epoch, batch + 1, lossSum + loss, finished);
    }

    TrainingPosition afterEpoch(double validationAccuracy, double sparsity) {
        List<EpochResult> all = new ArrayList<>(finished);
        all.add(new EpochResult(epoch + 1, lossSum / batch, validationAccuracy, sparsity));
        return new TrainingPosition(epoch + 1, 0, 0, all);
    }
}
