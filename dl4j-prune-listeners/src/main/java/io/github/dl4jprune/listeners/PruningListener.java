package io.github.dl4jprune.listeners;

import io.github.dl4jprune.folding.FoldedConstants;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ScheduleType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all listeners have in common that prune a network while it trains. {@link #attach} puts one before all other
 * listeners of a network and applies its first mask at once; then the network is trained as ever.
 *
 * <p><b>Counting.</b> Iterations and epochs count from the moment the listener starts, whatever the network has behind it,
 * and whatever an early-stopping trainer writes into its epoch counter. Epochs are those that {@code fit(iterator)}
 * reports; a schedule by epochs in a loop over {@code fit(DataSet)} or under a ParallelWrapper, which report none, fails at
 * the first iteration.
 *
 * <p><b>One mask, many copies.</b> The mask is decided on one network: the one attached, or whichever last began an epoch.
 * Other networks that call the same listener (workers of a ParallelWrapper) take its mask over. A mask that changes between
 * two averagings of a ParallelWrapper is exact again one iteration later. A listener under a ParallelWrapper must have been
 * attached before, or have seen the network train: else the first iteration fails, for any worker might come first.
 *
 * <p>Thread-safe. Java serialisation writes the mask alone: what is read back is a {@link WeightMaskListener} that keeps
 * it. Memory: one number and one bit a parameter. Cost: two elementwise products along the parameter vector an iteration;
 * at a mask change the scores and one sort.
 */
public abstract sealed class PruningListener extends BaseTrainingListener implements Serializable
        permits StaticPruningListener, DynamicPruningListener, SoftPruningListener, GeometricMedianListener {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PruningListener.class);

    private final transient PruningTarget target;
    private final transient Timetable timetable;
    private transient WeakReference<Model> lead = new WeakReference<>(null);
    private transient volatile @Nullable Started started;
    private transient int iterations;
    private transient int epochs;
    private transient int stepped = -1;
    private transient boolean epochSeen;
    private transient double lastSparsity;
    private transient boolean held;

    PruningListener(PruningTarget target, Timetable timetable) {
        this.target = target;
        this.timetable = timetable;
    }

    /**
     * Starts on a network: applies the first mask now and puts this listener before the network's others.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @throws IllegalArgumentException if the network does not have the layers that this listener was built for
     * @throws IllegalStateException if this listener already prunes another network, if another listener prunes one of the
     *     same parameters, or if a constraint of the network moves pruned weights away from 0
     */
    public final void attach(Model network) {
        synchronized (this) {
            Model current = lead.get();
            if (started != null && current != network) {
                throw new IllegalStateException("listener must be attached to one network, build another for the next");
            }
            Listeners.putFirst(network, this);
            start(network);
        }
    }

    /** Fraction of zeros over all that this listener prunes, in [0, 1): weights over weights, or channels over channels. */
    public final double sparsity() {
        Started now = started;
        return now == null ? 0 : now.decision.sparsity();
    }

    /** What {@link #sparsity} was during the last iteration: at the end of an epoch a mask may have changed since. */
    public final double sparsityAtLastIteration() {
        return lastSparsity;
    }

    /** What is asked and reached now, by parameter ({@code conv1_W}) or by the first layer of a channel group. */
    public final Map<String, LayerSparsity> sparsities() {
        Started now = started;
        return now == null ? Map.of() : now.decision.sparsities();
    }

    /** The pruned channels, with filter granularity and once started. */
    public final Optional<ChannelMask> channelMask() {
        Started now = started;
        return now == null ? Optional.empty() : now.decision.channels();
    }

    /** The pruned weights, once started. */
    public final Optional<WeightMask> weightMask() {
        Started now = started;
        return now == null ? Optional.empty() : Optional.of(now.decision.weights());
    }

    /**
     * Where this listener stands, to be saved with its network between two iterations.
     *
     * @throws IllegalStateException if it has not started
     */
    public final synchronized PruningState state() {
        Started now = started;
        if (now == null) {
            throw new IllegalStateException("listener must have been attached before its state is asked for");
        }
        return new StateOf(target, timetable, kind())
                .state(new Counts(iterations, epochs, stepped, returned(), held, folded()), now.decision);
    }

    /**
     * Starts on a restored network as if training had never stopped: like {@link #attach}, with the saved mask and
     * counters in place of the first decision.
     *
     * @param network the network that the state was saved with, with its updater state
     * @param state what {@link #state} gave
     * @throws IllegalArgumentException if the state is of a listener built otherwise, or of another network
     * @throws IllegalStateException as {@link #attach}, or if this listener has started already
     */
    public final void resume(Model network, PruningState state) {
        synchronized (this) {
            if (started != null) {
                throw new IllegalStateException("listener must not have started when it is to resume");
            }
            NetworkView<Model> view = NetworkView.of(network);
            Decider decider = new Decider(target, view);
            Decision decision = new StateOf(target, timetable, kind()).decision(state, view, decider.graph());
            Listeners.requireUnclaimed(network, this, decision.claims());
            Listeners.putFirst(network, this);
            lead = new WeakReference<>(network);
            iterations = state.iterations();
            epochs = state.epochs();
            stepped = state.step();
            lastSparsity = decision.sparsity();
            held = state.held();
            resumed(state);
            WeightMaskListener keeper = new WeightMaskListener(
                    held
                            ? decision.multiplier(view)
                            : decider.nothing().weights().multiplier(view.dataType()));
            keeper.applyTo(network);
            started = new Started(decider, decision, keeper);
        }
    }

    /** What a saved state must be of to go on here. */
    String kind() {
        return getClass().getSimpleName();
    }

    /** How many channels came back. */
    long returned() {
        return 0;
    }

    /** What became of the constants of pruned channels, where that is looked at. */
    Optional<FoldedConstants> folded() {
        return Optional.empty();
    }

    /** Takes over what the subclass counts itself. */
    void resumed(PruningState state) {}

    @Override
    public final void onEpochStart(Model model) {
        if (!Listeners.isNetwork(model)) {
            return;
        }
        Started now = started(model);
        synchronized (this) {
            if (lead.get() != model) {
                lead = new WeakReference<>(model);
            }
            epochSeen = true;
            if (!stepsAtEpochEnd(epochs, timetable)) {
                step(model, ScheduleType.EPOCH, epochs);
            }
        }
        now.keeper.onEpochStart(model);
    }

    @Override
    public final void onGradientCalculation(Model model) {
        if (Listeners.isNetwork(model)) {
            Started now = started(model);
            gradients(model, now.decision);
            now.keeper.onGradientCalculation(model);
        }
    }

    @Override
    public final void iterationDone(Model model, int iteration, int epoch) {
        if (!Listeners.isNetwork(model)) {
            pretrained(model, iteration, epoch);
            return;
        }
        Started now = started(model);
        now.keeper.iterationDone(model, iteration, epoch);
        synchronized (this) {
            if (lead.get() == null) {
                lead = new WeakReference<>(model);
            }
            if (lead.get() == model) {
                timetable.requireHeard(epochSeen);
                lastSparsity = now.decision.sparsity();
                iterations++;
                step(model, ScheduleType.ITERATION, iterations);
            }
        }
    }

    /** Layer-wise pretraining reports the layer; its parameters are a view into those of the network. */
    private void pretrained(Model layer, int iteration, int epoch) {
        Model network = lead.get();
        Started now = started;
        if (network != null && now != null && Listeners.layers(network).contains(layer)) {
            now.keeper.iterationDone(network, iteration, epoch);
        }
    }

    @Override
    public final void onEpochEnd(Model model) {
        if (!Listeners.isNetwork(model)) {
            return;
        }
        synchronized (this) {
            if (lead.get() == model) {
                epochs++;
                if (stepsAtEpochEnd(epochs, timetable)) {
                    step(model, ScheduleType.EPOCH, epochs);
                }
            }
        }
    }

    /** Whether the step of so many epochs is made when the last of them ends, not when the next begins. */
    abstract boolean stepsAtEpochEnd(int epochsDone, Timetable table);

    /** Whether a network is the one that decides the mask. */
    final boolean leads(Model model) {
        return lead.get() == model;
    }

    private Started started(Model model) {
        Started now = started;
        if (now == null) {
            synchronized (this) {
                now = started == null ? startUnattached(model) : Objects.requireNonNull(started);
            }
        }
        now.requireFit(model, this);
        return now;
    }

    private Started startUnattached(Model model) {
        Listeners.requireNoWorker(this);
        return start(model);
    }

    private Started start(Model model) {
        if (started != null) {
            return Objects.requireNonNull(started);
        }
        lead = new WeakReference<>(model);
        NetworkView<Model> view = NetworkView.of(model);
        Decider decider = new Decider(target, view);
        Decision nothing = decider.nothing();
        if (timetable.at(0).isEmpty()) {
            decider.decide(model, 0, nothing); // unknown layers and criteria without data fail now, not at a later step
        }
        Started now = new Started(
                decider, nothing, new WeightMaskListener(nothing.weights().multiplier(view.dataType())));
        started = now;
        Listeners.warnIfNotFirst(model, this);
        step(model, timetable.unit(), 0);
        return now;
    }

    private void step(Model model, ScheduleType unit, int count) {
        if (unit == timetable.unit() && count != stepped) {
            stepped = count;
            timetable.at(count).ifPresent(fraction -> change(model, fraction, count >= timetable.end()));
        }
    }

    private void change(Model model, double fraction, boolean last) {
        Started now = Objects.requireNonNull(started);
        Decision before = now.decision;
        Decision after = decide(now.decider, model, fraction, before);
        Listeners.requireUnclaimed(model, this, after.claims());
        now.decision = after;
        decided(model, after, last);
        if (holds(last)) {
            now.keeper.replace(after.multiplier(NetworkView.of(model)));
            now.keeper.applyTo(model);
            held = true;
        }
        changed(before, after);
        Constraints.requireZerosKept(model, now.keeper);
        LOG.info("{} iterations, {} epochs: sparsity {}", iterations, epochs, after.sparsity());
        after.sparsities()
                .forEach((name, sparsity) ->
                        LOG.info("  {}: asked {}, reached {}", name, sparsity.asked(), sparsity.reached()));
    }

    Decision decide(Decider decider, Model model, double fraction, Decision before) {
        return decider.decide(model, fraction, before);
    }

    /** Whether what is decided stays at zero until the next decision. */
    boolean holds(boolean last) {
        return true;
    }

    /** Called with every gradient, before what is held at zero is taken out of it. */
    void gradients(Model model, Decision current) {}

    /** Called before the mask is applied and, then, after it. */
    void decided(Model model, Decision after, boolean last) {}

    void changed(Decision before, Decision after) {}

    /** Whether another listener's parameters are among this one's. */
    final Optional<String> claimed(Set<String> names) {
        Started now = started;
        return now == null ? Optional.empty() : now.decision.claimed(names);
    }

    /** The mask alone, for a JVM that only keeps it. */
    protected final Object writeReplace() {
        Started now = started;
        if (now == null) {
            throw new IllegalStateException("listener must have been attached before it is serialised");
        }
        return now.keeper;
    }
}
