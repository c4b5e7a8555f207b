package io.github.dl4jprune.listeners;

import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Prunes more and more while the network trains. What is pruned once stays pruned.
 *
 * <p>At each step the mask is decided anew, from the weights as they then are, with {@code S f} for every layer's own bound
 * S, where {@code f = schedule(now) / schedule(end)}; a schedule that ends in 1 so gives the fraction itself, and one that
 * ends in a sparsity gives that sparsity where a layer's bound is the same. Counts and sparsities are of whole tensors and
 * groups, not of what is left: 30 % in six steps is 30 %, not 75 %. The step at {@code end} is always made, with the whole
 * bound.
 *
 * <p><b>When.</b> A step at iteration or epoch n is made between n done and the next one begun; step 0 when the listener is
 * attached. With epochs, step n waits for the epoch to begin, so that what is evaluated in between has been trained; only
 * the last one is made as soon as {@code end} epochs are done, for there may be no other.
 *
 * @see <a href="https://github.com/PaddlePaddle/Paddle/pull/2603">PaddlePaddle, pull request 2603: dynamic pruning hook</a>
 * @see <a href="https://arxiv.org/abs/1710.01878">Zhu and Gupta (2017), To prune, or not to prune</a>
 */
public final class DynamicPruningListener extends PruningListener {
    private static final long serialVersionUID = 1L;

    private DynamicPruningListener(Builder builder) {
        super(builder.target(), builder.timetable());
    }

    @Override
    boolean stepsAtEpochEnd(int epochsDone, Timetable table) {
        return epochsDone == table.end() && epochsDone > 0;
    }

    @Override
    public String toString() {
        return "DynamicPruningListener(sparsity=" + sparsity() + ")";
    }

    /**
     * Collects what differs from the defaults: filters, by L2 norm, along Paddle's logarithm, changed every epoch. Either
     * the schedule brings its own {@link Steps} or {@link #end} must be set.
     */
    public static final class Builder extends ScheduledBuilder<Builder> {
        @Override
        Builder self() {
            return this;
        }

        /** Single weights or whole channels; by default channels. */
        public Builder granularity(Granularity value) {
            use(value);
            return this;
        }

        /**
         * The listener.
         *
         * @throws IllegalArgumentException if a sparsity is missing or not in [0, 1), or it is not said when the pruning ends
         */
        public DynamicPruningListener build() {
            return new DynamicPruningListener(this);
        }

        @Override
        @Nullable
        ISchedule usual() {
            return null; // the logarithm, whose length depends on the steps
        }
    }
}
