package io.github.dl4jprune.training;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.SparsityCount;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.surgery.Surgery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** One run of a {@link PruningTrainer}. */
final class PruningRun<N extends Model> {
    private final PruningTrainer settings;
    private final PassCounter train;
    private final DataSetIterator validation;
    private final Cost before;
    private final Map<String, Integer> widths = new LinkedHashMap<>();
    private final Map<String, Integer> losses = new LinkedHashMap<>();
    private final List<PruningStep> steps = new ArrayList<>();
    private final RunMeter meter;
    private final CutSequence cuts;
    private N current;

    /** Where a run begins: the original, and a network that was reached from it. */
    record Reached<N>(N original, N network, ShrinkingPosition position) {}

    /** A network and how good it is. */
    private record Candidate<N>(N network, double accuracy, double loss, int epochs) {}

    PruningRun(PruningTrainer settings, Reached<N> from, DataSetIterator train, DataSetIterator validation) {
        this.settings = settings;
        this.train = new PassCounter(train);
        this.validation = validation;
        Network original = Network.of(from.original());
        original.listeners()
                .forEach(listener -> PruningTrainer.require(
                        !(listener instanceof PruningListener),
                        "network must have no pruning listener, got " + listener));
        this.current = Surgery.copy(NetworkView.of(from.original()));
        this.before = cost(current);
        ChannelGraph.of(NetworkView.of(current)).groups().forEach(group -> widths.put(group.name(), group.width()));
        if (settings.macs.isEmpty()) {
            losses();
        }
        this.meter = new RunMeter(settings, this.train, from.position());
        this.cuts = new CutSequence(settings);
        goOn(from, original);
    }

    /** Brings back what the position says. */
    private void goOn(Reached<N> from, Network original) {
        List<PruningStep> done = from.position().steps();
        if (!done.isEmpty()) {
            train.advance(from.position().passes());
            steps.addAll(done);
            done.stream().skip(1).forEach(step -> cuts.done(step.accepted()));
            current = Surgery.copy(NetworkView.of(from.network()));
            Network.of(current).replaceListeners(List.copyOf(original.listeners()));
        }
    }

    /** How many channels every group loses in the end, by the name of its first layer. */
    private void losses() {
        Pruner<N> pruner = pruner().withoutVerification();
        settings.sparsity.ifPresent(pruner::sparsity);
        settings.layers.forEach(pruner::layer);
        pruner.prune().groups().forEach(group -> losses.put(group.name(), group.width() - group.kept()));
    }

    PrunedTraining<N> run() {
        if (steps.isEmpty()) {
            ModelEvaluation start = ModelEvaluation.of(current, validation);
            steps.add(new PruningStep(0, 0, 0, before, 0, start.accuracy(), start.loss(), true));
        }
        while (cuts.end().isEmpty()) {
            step();
            settings.checkpoint.save(
                    current, new ShrinkingPosition(steps, meter.losses(), meter.iterations(), train.passes()));
        }
        trainOn();
        return new PrunedTraining<>(current, steps, cuts.end().orElseThrow());
    }

    private void step() {
        settings.seedFor(-1 - steps.size()); // gradients that rank channels draw dropout too
        Candidate<N> best = trained(cut(cuts.wanted()), settings.epochsPerStep);
        double tolerance = settings.tolerance.orElse(Double.POSITIVE_INFINITY);
        boolean accepted = settings.measure.tolerates(steps.get(0), best.accuracy(), best.loss(), tolerance);
        steps.add(step(cuts.wanted(), best, accepted));
        cuts.done(accepted);
        if (accepted) {
            current = best.network();
        }
    }

    /** Spends on the result what the steps have left of the epochs. */
    private void trainOn() {
        int left = settings.totalEpochs - meter.losses().size();
        if (left > 0) {
            Candidate<N> best = trained(Surgery.copy(NetworkView.of(current)), left);
            steps.add(step(cuts.reached(), best, true));
            current = best.network();
        }
    }

    private PruningStep step(double fraction, Candidate<N> best, boolean accepted) {
        return new PruningStep(
                steps.size(),
                fraction,
                sparsity(best.network()),
                cost(best.network()),
                best.epochs(),
                best.accuracy(),
                best.loss(),
                accepted);
    }

    private Pruner<N> pruner() {
        Pruner<N> pruner = Pruner.of(current)
                .criterion(settings.criterion)
                .ignore(settings.ignored.toArray(String[]::new))
                .data(train);
        if (!settings.inputShapes.isEmpty()) {
            pruner.inputShapes(settings.inputShapes.toArray(long[][]::new));
        }
        return pruner;
    }

    /** The current network with that much of the target cut out of it; itself, copied, where that is nothing. */
    private N cut(double fraction) {
        Pruner<N> pruner = pruner();
        boolean more = settings.macs.isPresent() ? macs(pruner, fraction) : channels(pruner, fraction);
        if (!more) {
            return Surgery.copy(NetworkView.of(current));
        }
        PruningResult<N> pruned = pruner.prune();
        settings.recalibration.ifPresent(statistics -> statistics.apply(pruned.network(), train));
        return pruned.network();
    }

    private boolean macs(Pruner<N> pruner, double fraction) {
        double wanted = 1 - (1 - settings.macs.orElseThrow()) * fraction;
        double budget = wanted * before.macs() / cost(current).macs();
        pruner.budget(Budget.macs(Math.min(1, budget)));
        return budget < 1;
    }

    private boolean channels(Pruner<N> pruner, double fraction) {
        boolean more = false;
        for (ChannelGroup group : ChannelGraph.of(NetworkView.of(current)).groups()) {
            int width = widths.getOrDefault(group.name(), group.width());
            int gone = SparsityCount.removed(losses.getOrDefault(group.name(), 0), fraction);
            int now = gone - (width - group.width());
            if (now > 0) {
                pruner.layer(group.name(), (double) now / group.width());
                more = true;
            }
        }
        return more;
    }

    private Candidate<N> trained(N network, int most) {
        Network trained = Network.of(network);
        ModelEvaluation first = ModelEvaluation.of(network, validation);
        Candidate<N> best = new Candidate<>(
                most == 0 ? network : Surgery.copy(NetworkView.of(network)), first.accuracy(), first.loss(), 0);
        int epochs = 0;
        int worse = 0;
        while (epochs < most && worse < settings.patience) {
            meter.epoch(trained);
            epochs++;
            ModelEvaluation now = ModelEvaluation.of(network, validation);
            if (settings.measure.better(now, best.accuracy(), best.loss())) {
                best = new Candidate<>(Surgery.copy(NetworkView.of(network)), now.accuracy(), now.loss(), epochs);
                worse = 0;
            } else {
                worse++;
            }
        }
        return new Candidate<>(best.network(), best.accuracy(), best.loss(), epochs);
    }

    private double sparsity(N network) {
        int all = widths.values().stream().mapToInt(width -> width).sum();
        int left = ChannelGraph.of(NetworkView.of(network)).groups().stream()
                .mapToInt(ChannelGroup::width)
                .sum();
        return all == 0 ? 0 : 1 - (double) left / all;
    }

    private Cost cost(N network) {
        NetworkView<N> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        InputTypes types = settings.inputShapes.isEmpty()
                ? InputTypes.infer(view.structure())
                : InputTypes.of(view.structure(), settings.inputShapes);
        return new CostModel(view, graph, types).of(ChannelMask.none(graph));
    }
}
