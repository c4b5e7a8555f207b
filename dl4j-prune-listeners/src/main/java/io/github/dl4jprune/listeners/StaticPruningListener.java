package io.github.dl4jprune.listeners;

import io.github.dl4jprune.selection.Granularity;

/**
 * Prunes once, when it is attached, and keeps what it pruned at 0 while the network trains on.
 *
 * <p>Of every weight tensor of n weights the {@code floor(n S + 1e-9)} of smallest magnitude go (weight granularity), or
 * of every group of N channels the {@code floor(N S + 1e-9)} of lowest score, always keeping one (filter granularity, the
 * default).
 *
 * <pre>{@code
 * new StaticPruningListener.Builder()
 *         .granularity(Granularity.WEIGHT)
 *         .sparsity(0.8)
 *         .layer("conv1", 0.5)
 *         .ignore("output")
 *         .build()
 *         .attach(network);
 * network.fit(iterator, 10);
 * }</pre>
 *
 * @see <a href="https://github.com/PaddlePaddle/Paddle/pull/2354">PaddlePaddle, pull request 2354: static pruning hook</a>
 */
public final class StaticPruningListener extends PruningListener {
    private static final long serialVersionUID = 1L;

    private StaticPruningListener(Builder builder) {
        super(builder.target(), Timetable.once());
    }

    @Override
    boolean stepsAtEpochEnd(int epochsDone, Timetable table) {
        return false;
    }

    @Override
    public String toString() {
        return "StaticPruningListener(sparsity=" + sparsity() + ")";
    }

    /** Collects what differs from the defaults: filters, by L2 norm. */
    public static final class Builder extends PruningBuilder<Builder> {
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
         * @throws IllegalArgumentException if no sparsity was set, or one is not in [0, 1)
         */
        public StaticPruningListener build() {
            return new StaticPruningListener(this);
        }
    }
}
