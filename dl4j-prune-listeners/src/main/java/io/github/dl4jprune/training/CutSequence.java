package io.github.dl4jprune.training;

import io.github.dl4jprune.training.PrunedTraining.End;
import java.util.Optional;

/** How far each cut goes: the next on the schedule or, after one that cost too much, half of what it added. */
final class CutSequence {
    private final PruningTrainer settings;
    private double reached;
    private double wanted;
    private int step = 1;
    private int retries;
    private Optional<End> end = Optional.empty();

    CutSequence(PruningTrainer settings) {
        this.settings = settings;
        this.retries = settings.backOff;
        this.wanted = settings.fraction(1);
    }

    /** The next cut, as a fraction of the target. */
    double wanted() {
        return wanted;
    }

    /** The last accepted one. */
    double reached() {
        return reached;
    }

    /** Why there is no next one, if so. */
    Optional<End> end() {
        return end;
    }

    /** Takes note of what came of the cut. */
    void done(boolean accepted) {
        if (accepted) {
            reached = wanted;
            while (reached < 1 && settings.fraction(step) <= reached) {
                step++;
            }
            wanted = settings.fraction(step);
            end = reached >= 1 ? Optional.of(End.TARGET_REACHED) : Optional.empty();
        } else if (retries > 0) {
            retries--;
            wanted = (reached + wanted) / 2;
        } else {
            end = Optional.of(End.TOLERANCE_EXHAUSTED);
        }
    }
}
