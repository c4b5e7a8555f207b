package io.github.dl4jprune.listeners;

import io.github.dl4jprune.folding.ConstantFolding;
import io.github.dl4jprune.folding.FoldedConstants;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.schedule.Steps;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ISchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Soft filter pruning: at every step the filters of lowest score are set to 0 and then train on, so that one pruned by
 * mistake can come back; at the last step what is pruned stays pruned.
 *
 * <p>Between steps only the weights and biases of the layers that <em>produce</em> a pruned channel are zeroed. Batch
 * normalisations, readers and updater state stay, for with those at zero no gradient could bring a filter back. The last
 * step zeroes all that belongs to a channel, as {@link StaticPruningListener} does, and keeps it at zero: then the network
 * is exactly the one that surgery makes of it.
 *
 * <p><b>Constants.</b> What batch normalisation and activation function still make of a zeroed filter is a constant (in
 * inference, with running statistics). Before the last step zeroes the readers, it goes into their biases, or the running
 * means behind them. That changes nothing where readers do not reach over a border; where they do, pixels at the border
 * differ. What cannot be folded is lost. {@link #constants} tells both, and so does the log.
 *
 * <p><b>Growing back.</b> Batch normalisation multiplies the gradients of a zeroed filter by {@code 1 / sqrt(eps)}, 316 by
 * default. Left at that, as published, each comes back within a few iterations at several times the norm of all others,
 * having learnt nothing, and at the next step those that have are pruned in its place: a trained network is lost after some
 * steps. So a zeroed filter's gradient is limited to the largest of its layer's other filters ({@link
 * Builder#limitReturn}), and it comes back if training keeps pulling it the same way. A worker in another JVM, which gets the
 * mask alone, does not limit.
 *
 * <p>With epochs, steps are made when an epoch ends (step 0: when the listener is attached). Without a {@link
 * Builder#schedule} every step has the full bound (SFP); with {@link io.github.dl4jprune.schedule.AsymptoticSparsity} it is
 * ASFP.
 *
 * @see <a href="https://arxiv.org/abs/1808.06866">He et al. (2018), Soft Filter Pruning</a>
 * @see <a href="https://arxiv.org/abs/1808.07471">He et al. (2018), Asymptotic Soft Filter Pruning</a>
 */
public final class SoftPruningListener extends PruningListener {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SoftPruningListener.class);

    private final transient AtomicLong returned = new AtomicLong();
    private final transient boolean limited;
    private transient volatile @Nullable FoldedConstants folded;
    private transient volatile @Nullable ReturningFilters returning;

    private SoftPruningListener(Builder builder) {
        super(builder.target(), builder.timetable());
        limited = builder.limited;
    }

    /** How many channels, over all steps so far, were pruned at one step and no longer at the next. */
    @Override
    public long returned() {
        return returned.get();
    }

    /** What became of the constants that pruned channels still put out; empty before the last step. */
    public Optional<FoldedConstants> constants() {
        return Optional.ofNullable(folded);
    }

    @Override
    String kind() {
        return limited ? super.kind() : super.kind() + " without limitReturn";
    }

    @Override
    Optional<FoldedConstants> folded() {
        return constants();
    }

    @Override
    void resumed(PruningState state) {
        returned.set(state.returned());
        folded = state.folded();
    }

    @Override
    boolean stepsAtEpochEnd(int epochsDone, Timetable table) {
        return epochsDone > 0;
    }

    @Override
    Decision decide(Decider decider, Model model, double fraction, Decision before) {
        return decider.decide(model, fraction, decider.nothing());
    }

    @Override
    boolean holds(boolean last) {
        return last;
    }

    @Override
    void gradients(Model model, Decision current) {
        ChannelMask zeroed = current.channels().orElseThrow();
        if (!limited || folded != null || zeroed.isEmpty()) { // folded: at the last step, from when on all is held at 0
            return;
        }
        ReturningFilters filters = returning;
        if (filters == null || !filters.isOf(zeroed)) {
            filters = new ReturningFilters(zeroed, NetworkView.of(model));
            returning = filters;
        }
        filters.limit(model.getGradientsViewArray());
    }

    @Override
    void decided(Model model, Decision after, boolean last) {
        ChannelMask pruned = after.channels().orElseThrow();
        NetworkView<Model> view = NetworkView.of(model);
        MaskMultiplier.apply(view.flatParameters(), MaskMultiplier.ofProducers(pruned, view));
        if (last) {
            FoldedConstants now = ConstantFolding.foldBeforeMasking(view, pruned);
            folded = now;
            LOG.info(now.summary());
        }
    }

    @Override
    void changed(Decision before, Decision after) {
        ChannelMask earlier = before.channels().orElseThrow();
        ChannelMask now = after.channels().orElseThrow();
        long back = earlier.classes().stream().filter(c -> !now.prunes(c)).count();
        returned.addAndGet(back);
        LOG.info("{} channels came back, {} since the start", back, returned);
    }

    @Override
    public String toString() {
        return "SoftPruningListener(sparsity=" + sparsity() + ", returned=" + returned + ")";
    }

    /**
     * Collects what differs from the defaults: L2 norm, the full bound at the end of every epoch. Either the schedule brings
     * its own {@link Steps} or {@link #end} must be set.
     */
    public static final class Builder extends ScheduledBuilder<Builder> {
        private boolean limited = true;

        /**
         * Whether the gradient of a zeroed filter is scaled down, where it is larger, to the largest of its layer's other
         * filters; true by default, false as published.
         */
        public Builder limitReturn(boolean value) {
            limited = value;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The listener.
         *
         * @throws IllegalArgumentException if a sparsity is missing or not in [0, 1), or it is not said when the pruning ends
         */
        public SoftPruningListener build() {
            return new SoftPruningListener(this);
        }

        @Override
        ISchedule usual() {
            return Timetable.WHOLE;
        }
    }
}
