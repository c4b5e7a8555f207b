package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.InterleavedTiming;
import io.github.dl4jprune.cost.LatencyCache;
import io.github.dl4jprune.cost.LatencyModel;
import io.github.dl4jprune.cost.LayerStopwatch;
import io.github.dl4jprune.cost.LayerTime;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.LatencyLimit;
import io.github.dl4jprune.selection.Selection;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.Selector;
import io.github.dl4jprune.surgery.Surgery;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Closes the loop from a model of time to the time itself: selects by the model, cuts, measures what is left beside the
 * original, and corrects what the model is asked for by the ratio.
 */
final class LatencyPruning {
    private static final int CORRECTIONS = 3;
    private static final int SETTLINGS = 4;
    private static final double NEAR = 0.05;
    private static final double ALLOWED = 0.10;
    private static final double WORTH_A_NOTE = 0.01;
    private static final double LARGEST_FACTOR = 3;
    private static final double ROUNDING = 1e-9;
    private static final double OVERHEAD_WORTH_A_NOTE = 0.5;
    private static final long SEED = 20260102;

    private final Subject subject;
    private final LatencyTarget target;
    private final LayerTime layers;
    private final Function<List<NetworkView<? extends Model>>, double[]> passes;

    /**
     * What is to be pruned.
     *
     * @param network left untouched
     * @param types the size of one example
     * @param costs its cost under any mask
     * @param selector over its channel graph
     * @param request what else is asked
     */
    record Subject(
            NetworkView<? extends Model> network,
            InputTypes types,
            CostModel costs,
            Selector selector,
            SelectionRequest request) {}

    /** A selection and what it measured. */
    record Found(Selection selection, LatencyReport report) {}

    LatencyPruning(
            Subject subject,
            LatencyTarget target,
            LayerTime layers,
            Function<List<NetworkView<? extends Model>>, double[]> passes) {
        this.subject = subject;
        this.target = target;
        this.layers = layers;
        this.passes = passes;
    }

    /** Selects and measures on the backend that is loaded, with layer times kept in a file. */
    static Found measured(Subject subject, ChannelGraph graph, LatencyTarget target) {
        DataType type = subject.network.dataType();
        LayerTime stopwatch = new LayerStopwatch(target.batch(), type);
        INDArray[] inputs = ExampleInputs.random(subject.network, subject.types, target.batch(), SEED);
        try (LatencyCache times = target.cache()
                .map(folder -> LatencyCache.in(folder, stopwatch, type, target.batch()))
                .orElseGet(() -> LatencyCache.here(stopwatch, type, target.batch()))) {
            return new LatencyPruning(
                            subject,
                            target,
                            times,
                            networks -> new InterleavedTiming(target.rounds())
                                    .medianMillis(
                                            networks.stream()
                                                    .<Runnable>map(network -> () -> network.output(inputs))
                                                    .toList(),
                                            () -> {}))
                    .run(graph);
        }
    }

    /**
     * Selects and measures, up to four times.
     *
     * @throws IllegalArgumentException if even the narrowest widths take more than a tenth longer than asked
     */
    Found run(ChannelGraph graph) {
        ToldLayerTimes told = new ToldLayerTimes(layers, target.progress());
        LatencyModel alone = told.into(LatencyModel.of(subject.network, graph, subject.types, told));
        Anchors anchors = anchors();
        double wanted = target.fraction();
        Found best = null;
        Set<List<Integer>> tried = new HashSet<>();
        double factors = 0;
        for (int round = 0; round <= CORRECTIONS; round++) {
            Selection selection = settled(anchors, alone, told, wanted);
            LatencyModel model = anchors.fit(alone);
            if (!tried.add(selection.mask().classes())) {
                break;
            }
            Found found = measured(selection, model, round + 1);
            best = best == null || distance(found) < distance(best) ? found : best;
            double predicted = model.millis(selection.mask()) / anchors.dense;
            double reached = found.report.reached();
            boolean narrowest = predicted > wanted * (1 + ROUNDING) && reached > target.fraction();
            boolean whole = selection.mask().isEmpty() && reached <= target.fraction();
            if (narrowest && best.report.reached() > target.fraction() * (1 + ALLOWED)) {
                throw unreachable(best.report.reached());
            }
            if (distance(found) <= NEAR || narrowest || whole) {
                break;
            }
            factors += factor(predicted, reached);
            wanted = Math.max(ROUNDING, 1 - (1 - target.fraction()) * (round + 1) / factors);
        }
        return Objects.requireNonNull(best);
    }

    /** How much was saved for each part that the model saves: 1 if it is right; both agree that nothing saves nothing. */
    private static double factor(double predicted, double reached) {
        double factor = (1 - reached) / Math.max(ROUNDING, 1 - predicted);
        return Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, factor));
    }

    private double distance(Found found) {
        return Math.abs(found.report.reached() / target.fraction() - 1);
    }

    private IllegalArgumentException unreachable(double least) {
        String bound = subject.request.sparsity().isPresent()
                ? " with no group above sparsity " + subject.request.sparsity().getAsDouble()
                : "";
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "budget must be reachable%s: latency %s asked, %.4f is the least that was measured (batch %d)",
                bound,
                target.fraction(),
                least,
                target.batch()));
    }

    /** What else there is to say of a result. */
    private String note(double reached, double overhead) {
        StringJoiner notes = new StringJoiner("; ");
        if (Math.abs(reached - target.fraction()) > WORTH_A_NOTE) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the measured latency lies %.4f %s the budget",
                    Math.abs(target.fraction() - reached),
                    reached < target.fraction() ? "below" : "above"));
        }
        if (overhead > OVERHEAD_WORTH_A_NOTE) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the time at batch %d does not go with the widths, so channels buy little of it; a larger"
                            + " batch has less of that",
                    100 * overhead,
                    target.batch()));
        }
        return notes.toString();
    }

    /** Selects, and again as long as a selection has asked for times that were measured only once. */
    private Selection settled(Anchors anchors, LatencyModel alone, ToldLayerTimes times, double fraction) {
        Selection selection = select(anchors, alone, fraction);
        for (int again = 0; again < SETTLINGS && times.settle(); again++) {
            selection = select(anchors, alone, fraction);
        }
        return selection;
    }

    private Selection select(Anchors anchors, LatencyModel alone, double fraction) {
        LatencyLimit limit = new LatencyLimit(anchors.fit(alone), subject.costs, fraction * anchors.dense);
        return subject.selector.select(subject.request, limit);
    }

    /** Two timings of the whole network, to which the rest of a model is fitted: dense, and with half of every group. */
    private record Anchors(double dense, ChannelMask half, double halved) {
        LatencyModel fit(LatencyModel alone) {
            return alone.calibrated(dense, half, halved);
        }
    }

    private Anchors anchors() {
        ChannelMask half = subject.selector
                .select(SelectionRequest.uniform(0.5), subject::costs)
                .mask();
        double[] times = timed(half);
        return new Anchors(times[0], half, times[1]);
    }

    private Found measured(Selection chosen, LatencyModel model, int round) {
        double[] times = timed(chosen.mask());
        double before = times[0];
        double after = times[1];
        double overhead =
                model.constant() / model.millis(ChannelMask.none(chosen.mask().graph()));
        return new Found(
                new Selection(chosen.mask(), chosen.groups(), note(after / before, overhead)),
                new LatencyReport(
                        target.batch(),
                        before,
                        after,
                        target.fraction(),
                        after / before,
                        model.measuredLayers(),
                        round));
    }

    /** Milliseconds of the whole network and of what a mask leaves. */
    private double[] timed(ChannelMask mask) {
        if (mask.isEmpty()) {
            double whole = passes.apply(List.of(subject.network))[0];
            return new double[] {whole, whole};
        }
        return passes.apply(List.of(subject.network, NetworkView.of(Surgery.shrink(subject.network, mask))));
    }
}
