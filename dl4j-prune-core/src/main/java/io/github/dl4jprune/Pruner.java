package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.folding.ConstantFolding;
import io.github.dl4jprune.folding.FoldingReport;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.selection.ChannelScores;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.Selection;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.Selector;
import io.github.dl4jprune.surgery.Surgery;
import io.github.dl4jprune.surgery.Verification;
import io.github.dl4jprune.surgery.VerificationException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Prunes a trained network in one call: scores its channels, selects, cuts, and proves that what is left computes the
 * same as the original with those channels masked. The original is left untouched.
 *
 * <pre>{@code
 * PruningResult<ComputationGraph> result = Pruner.of(network)
 *         .criterion(new GeometricMedian())
 *         .sparsity(0.4)
 *         .ignore("conv1")
 *         .prune();
 * ComputationGraph small = result.network();
 * }</pre>
 *
 * <p>Sparsity is a fraction of channels, not of parameters or time: removing half the channels of every layer leaves
 * about a quarter of the multiply-adds. To bound those, use {@link #budget}.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public final class Pruner<N extends Model> {
    private static final int VERIFICATION_EXAMPLES = 4;
    private static final long VERIFICATION_SEED = 20260101;

    private final NetworkView<N> network;
    private Criterion criterion = new L2Norm();
    private OptionalDouble sparsity = OptionalDouble.empty();
    private Scope scope = Scope.LOCAL;
    private final Map<String, Double> layerSparsities = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private int multipleOf = 1;
    private Budget budget = Budget.NONE;
    private @Nullable LatencyTarget latency;
    private boolean verify = true;
    private boolean foldConstants;
    private @Nullable DataSetIterator data;
    private @Nullable InputTypes inputTypes;
    private INDArray @Nullable [] examples;

    private Pruner(NetworkView<N> network) {
        this.network = network;
    }

    /** Starts with criterion L2, local scope, nothing ignored and verification on. */
    public static <N extends Model> Pruner<N> of(N network) {
        return new Pruner<>(NetworkView.of(network));
    }

    /** What makes a channel worth keeping. */
    public Pruner<N> criterion(Criterion value) {
        criterion = value;
        return this;
    }

    /** Fraction of each group's channels to remove, in [0, 1); beside a budget, the most that any group may lose. */
    public Pruner<N> sparsity(double value) {
        sparsity = OptionalDouble.of(value);
        return this;
    }

    /** Whether channels compete within their group or over the whole network. */
    public Pruner<N> scope(Scope value) {
        scope = value;
        return this;
    }

    /** Sets the sparsity of the whole group of a layer, in [0, 1); beats {@link #sparsity} and {@link #budget}. */
    public Pruner<N> layer(String name, double value) {
        layerSparsities.put(name, value);
        return this;
    }

    /** Leaves the groups of these layers alone. */
    public Pruner<N> ignore(String... layers) {
        ignored.addAll(Arrays.asList(layers));
        return this;
    }

    /** Lets every pruned group keep a multiple of so many channels. */
    public Pruner<N> multipleOf(int value) {
        multipleOf = value;
        return this;
    }

    /** Removes as little as leaves at most these fractions of multiply-adds or parameters. */
    public Pruner<N> budget(Budget value) {
        budget = value;
        return this;
    }

    /**
     * Removes as little score as leaves at most this part of the measured inference time. Each layer is timed alone over its
     * widths on the backend that is loaded, and the result is measured beside the original and corrected up to three times.
     * Holds together with {@link #budget} and {@link #sparsity}; {@link #scope} has no say. What was measured is in {@link
     * PruningResult#latency}. Cost: some hundred layer timings where none are kept from before, seconds to minutes.
     */
    public Pruner<N> latency(LatencyTarget value) {
        latency = value;
        return this;
    }

    /** Minibatches for criteria that look at gradients or activations. */
    public Pruner<N> data(DataSetIterator value) {
        data = value;
        return this;
    }

    /** Shape of one example at each input, where the configuration does not tell; see {@link InputTypes#of}. */
    public Pruner<N> inputShapes(long[]... shapes) {
        inputTypes = InputTypes.of(network.structure(), List.of(shapes));
        return this;
    }

    /** Examples to verify on, in place of random ones; one array an input of the network. */
    public Pruner<N> verifyOn(INDArray... inputs) {
        examples = inputs.clone();
        return this;
    }

    /** Leaves the proof out, for speed. */
    public Pruner<N> withoutVerification() {
        verify = false;
        return this;
    }

    /**
     * Folds what removed channels added as constants (a bias, a batch normalisation's shift, through the activation
     * function) into what reads them, after the proof; off by default. What is measured is in {@link
     * PruningResult#folding}.
     */
    public Pruner<N> foldConstants() {
        foldConstants = true;
        return this;
    }

    /**
     * Prunes.
     *
     * @throws IllegalArgumentException if the request cannot be fulfilled; says which layer, which rule and which value
     * @throws VerificationException if the shrunk network is not the masked one
     */
    public PruningResult<N> prune() {
        SelectionRequest request = new SelectionRequest(sparsity, scope, layerSparsities, ignored, multipleOf, budget);
        ChannelGraph graph = ChannelGraph.of(network);
        InputTypes types = inputTypes == null ? InputTypes.infer(network.structure()) : inputTypes;
        CostModel costs = new CostModel(network, graph, types);
        Selector selector = selector(graph);
        Optional<LatencyPruning.Found> timed = timed(selector, request, graph, types, costs);
        Selection selection =
                timed.map(LatencyPruning.Found::selection).orElseGet(() -> selector.select(request, () -> costs));
        N small = Surgery.shrink(network, selection.mask());
        Optional<Verification> verification = verification(small, selection.mask(), types);
        Optional<FoldingReport> folding = folding(small, selection.mask(), types);
        return new PruningResult<>(
                small,
                selection.mask(),
                costs.of(ChannelMask.none(graph)),
                costs.of(selection.mask()),
                ResultGroups.groups(selection),
                PinnedLayer.in(graph),
                verification,
                folding,
                timed.map(LatencyPruning.Found::report),
                selection.note());
    }

    private Selector selector(ChannelGraph graph) {
        List<String> nodes = network.structure().names();
        ChannelScores scores = new ChannelScorer(network, graph).score(criterion, data, ignored);
        return new Selector(graph, nodes, scores);
    }

    private Optional<LatencyPruning.Found> timed(
            Selector selector, SelectionRequest request, ChannelGraph graph, InputTypes types, CostModel costs) {
        return Optional.ofNullable(latency)
                .map(target -> LatencyPruning.measured(
                        new LatencyPruning.Subject(network, types, costs, selector, request), graph, target));
    }

    private Optional<Verification> verification(N small, ChannelMask mask, InputTypes types) {
        if (!verify) {
            return Optional.empty();
        }
        Verification found = Verification.of(network, NetworkView.of(small), mask, examples(types));
        if (!found.passed()) {
            throw new VerificationException(found);
        }
        return Optional.of(found);
    }

    private Optional<FoldingReport> folding(N small, ChannelMask mask, InputTypes types) {
        return foldConstants
                ? Optional.of(ConstantFolding.fold(network, NetworkView.of(small), mask, examples(types)))
                : Optional.empty();
    }

    private INDArray[] examples(InputTypes types) {
        return examples == null
                ? ExampleInputs.random(network, types, VERIFICATION_EXAMPLES, VERIFICATION_SEED)
                : examples;
    }
}
