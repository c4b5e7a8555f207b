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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Closes the loop from a model of time to the time itself: selects by the model, cuts, measures what is left beside the
 * original, and corrects what the model is asked for by the ratio.
 */
final class LatencyPruning {
    private static final int CORRECTIONS = 3;
    private static final double NEAR = 0.05;
    private static final double ALLOWED = 0.10;
    private static final double LARGEST_FACTOR = 2;
    private static final long SEED = 20260102;

    private final NetworkView<? extends Model> network;
    private final Selector selector;
    private final SelectionRequest request;
    private final CostModel costs;
    private final LatencyTarget target;
    private final InputTypes types;
    private final INDArray[] inputs;

    /** A selection and what it measured. */
    record Found(Selection selection, LatencyReport report) {}

    LatencyPruning(
            NetworkView<? extends Model> network,
            InputTypes types,
            Selector selector,
            SelectionRequest request,
            CostModel costs,
            LatencyTarget target) {
        this.network = network;
        this.types = types;
        this.selector = selector;
        this.request = request;
        this.costs = costs;
        this.target = target;
        this.inputs = ExampleInputs.random(network, types, target.batch(), SEED);
    }

    /**
     * Selects and measures, up to four times.
     *
     * @throws IllegalArgumentException if even the narrowest widths take more than a tenth longer than asked
     */
    Found run(ChannelGraph graph) {
        try (LatencyCache times = cache()) {
            AtomicReference<LatencyModel> model = new AtomicReference<>();
            LayerTime reported = (layer, in, out) -> {
                double millis = times.millis(layer, in, out);
                LatencyModel asking = Objects.requireNonNull(model.get());
                target.progress().points(asking.measuredPoints() + 1, asking.points());
                return millis;
            };
            model.set(LatencyModel.of(network, graph, types, reported));
            return run(graph, calibrated(graph, model.get()));
        }
    }

    private LatencyCache cache() {
        LayerTime measured = new LayerStopwatch(target.batch(), network.dataType());
        return target.cache()
                .map(folder -> LatencyCache.in(folder, measured, network.dataType(), target.batch()))
                .orElseGet(() -> LatencyCache.here(measured, network.dataType(), target.batch()));
    }

    private Found run(ChannelGraph graph, LatencyModel model) {
        double dense = model.millis(ChannelMask.none(graph));
        double wanted = target.fraction();
        Found best = null;
        List<Integer> last = List.of();
        for (int round = 0; round <= CORRECTIONS; round++) {
            Selection selection = selector.select(request, costs, new LatencyLimit(model, wanted * dense));
            if (best != null && selection.mask().classes().equals(last)) {
                break;
            }
            last = selection.mask().classes();
            Found found = measured(selection, model.measuredLayers(), round + 1);
            best = best == null || distance(found) < distance(best) ? found : best;
            double predicted = model.millis(selection.mask()) / dense;
            double reached = found.report.reached();
            boolean narrowest = predicted > wanted * (1 + 1e-9) && reached > target.fraction();
            boolean whole = selection.mask().isEmpty() && reached <= target.fraction();
            if (distance(found) <= NEAR || narrowest || whole) {
                break;
            }
            wanted = corrected(predicted, reached);
        }
        return judged(Objects.requireNonNull(best));
    }

    /** As much more or less saved by the model as was missing or too much in truth; both agree that nothing saves nothing. */
    private double corrected(double predicted, double reached) {
        double factor = (1 - target.fraction()) / Math.max(1e-3, 1 - reached);
        double saved = (1 - predicted) * Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, factor));
        return Math.max(1e-3, 1 - saved);
    }

    private double distance(Found found) {
        return Math.abs(found.report.reached() / target.fraction() - 1);
    }

    private Found judged(Found best) {
        double reached = best.report.reached();
        if (reached > target.fraction() * (1 + ALLOWED)) {
            String bound = request.sparsity().isPresent()
                    ? " with no group above sparsity " + request.sparsity().getAsDouble()
                    : "";
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "budget must be reachable%s: latency %s asked, %.4f is the least that was measured (batch %d)",
                    bound,
                    target.fraction(),
                    reached,
                    target.batch()));
        }
        if (reached < target.fraction() * (1 - ALLOWED)) {
            String note = String.format(Locale.ROOT, "the measured latency lies %.4f below the budget", target.fraction() - reached);
            return new Found(new Selection(best.selection.mask(), best.selection.groups(), note), best.report);
        }
        return best;
    }

    /** Fits the rest of the network to two timings: dense, and with half of every group. */
    private LatencyModel calibrated(ChannelGraph graph, LatencyModel measured) {
        ChannelMask half = selector.select(SelectionRequest.uniform(0.5), () -> costs).mask();
        NetworkView<? extends Model> small = NetworkView.of(Surgery.shrink(network, half));
        double[] millis = new InterleavedTiming(target.rounds()).leastMillis(List.of(run(network), run(small)));
        return measured.calibrated(millis[0], half, millis[1]);
    }

    private Found measured(Selection selection, int layers, int round) {
        NetworkView<? extends Model> small = NetworkView.of(Surgery.shrink(network, selection.mask()));
        double[] millis =
                new InterleavedTiming(target.rounds()).medianMillis(List.of(run(network), run(small)), () -> {});
        return new Found(
                selection,
                new LatencyReport(
                        target.batch(), millis[0], millis[1], target.fraction(), millis[1] / millis[0], layers, round));
    }

    private Runnable run(NetworkView<? extends Model> timed) {
        return () -> timed.output(inputs);
    }
}
