package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.selection.GroupSelection;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.Selection;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.Selector;
import io.github.dl4jprune.sketch.FrequentDirections;
import io.github.dl4jprune.sketch.SketchSites;
import io.github.dl4jprune.sketch.SketchedWeights;
import io.github.dl4jprune.surgery.Surgery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * Narrows a trained network without choosing among its filters: what is left of a layer's filters are new ones, a sketch of
 * all old ones that keeps their second moments, {@code BᵀB ≈ AᵀA} with the filters as rows of A ({@link FrequentDirections}). The
 * weights of the layers that read them are sketched along their input channels, the batch normalisations of both begin
 * anew, all else is copied. The original is left untouched.
 *
 * <p><b>The result does not compute what the original did</b>: filters of a sketch have no place or sign of their own, and a
 * layer and its readers are sketched apart. It is a beginning for fine-tuning, and worthless without. Nothing can be verified
 * against a mask, as {@link Pruner} does; outputs are checked for shape and finiteness.
 *
 * <pre>{@code
 * SketchResult<ComputationGraph> result = FilterSketch.of(network)
 *         .sparsity(0.4)
 *         .sketch();
 * ComputationGraph trained = new FineTuning.Builder().epochs(150).build().fit(result.network(), train, progress);
 * }</pre>
 *
 * <p>Only groups whose channels one layer makes alone can be sketched, see {@link SketchSites}: inner widths of residual blocks and
 * of plain chains. The others keep all their channels, as in the paper, unless {@link #selectOthers} is called.
 *
 * <p>The updater's state of all new values is zero, that of the others goes on; counters, listeners and frozen layers are
 * the original's. Cost: seconds for the usual networks, see {@link FrequentDirections}.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @see <a href="https://arxiv.org/abs/2001.08514">Lin et al. (2020), Filter Sketch for Network Pruning</a>
 */
public final class FilterSketch<N extends Model> {
    private static final int EXAMPLES = 2;
    private static final long SEED = 20260103;

    private final NetworkView<N> network;
    private OptionalDouble sparsity = OptionalDouble.empty();
    private final Map<String, Double> layerSparsities = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private int multipleOf = 1;
    private Budget budget = Budget.NONE;
    private @Nullable Criterion others;
    private @Nullable DataSetIterator data;
    private @Nullable InputTypes inputTypes;

    private FilterSketch(NetworkView<N> network) {
        this.network = network;
    }

    /** Starts with nothing ignored; groups that cannot be sketched are left alone. */
    public static <N extends Model> FilterSketch<N> of(N network) {
        return new FilterSketch<>(NetworkView.of(network));
    }

    /** Fraction of each group's channels to do without, in [0, 1); beside a budget, the most that any group may lose. */
    public FilterSketch<N> sparsity(double value) {
        sparsity = OptionalDouble.of(value);
        return this;
    }

    /** Sets the sparsity of the whole group of a layer, in [0, 1); beats {@link #sparsity} and {@link #budget}. */
    public FilterSketch<N> layer(String name, double value) {
        layerSparsities.put(name, value);
        return this;
    }

    /** Leaves the groups of these layers alone. */
    public FilterSketch<N> ignore(String... layers) {
        ignored.addAll(Arrays.asList(layers));
        return this;
    }

    /** Lets every narrowed group keep a multiple of so many channels. */
    public FilterSketch<N> multipleOf(int value) {
        multipleOf = value;
        return this;
    }

    /** Removes as little as leaves at most these fractions of multiply-adds or parameters. */
    public FilterSketch<N> budget(Budget value) {
        budget = value;
        return this;
    }

    /** Prunes groups that cannot be sketched, too: their channels are chosen by this criterion, as {@link Pruner} would. */
    public FilterSketch<N> selectOthers(Criterion criterion) {
        others = criterion;
        return this;
    }

    /** Minibatches for a criterion that looks at gradients or activations. */
    public FilterSketch<N> data(DataSetIterator value) {
        data = value;
        return this;
    }

    /** Shape of one example at each input, where the configuration does not tell; see {@link InputTypes#of}. */
    public FilterSketch<N> inputShapes(long[]... shapes) {
        inputTypes = InputTypes.of(network.structure(), List.of(shapes));
        return this;
    }

    /**
     * Narrows the network.
     *
     * @throws IllegalArgumentException if the request cannot be fulfilled, a layer with a sparsity of its own cannot be
     *     sketched and others are left alone, or weights are not finite
     * @throws IllegalStateException if the narrower network's outputs are not finite, or not of the original's shape
     */
    public SketchResult<N> sketch() {
        ChannelGraph graph = ChannelGraph.of(network);
        SketchSites sites = new SketchSites(network, graph);
        Map<ChannelGroup, String> obstacles = new LinkedHashMap<>();
        graph.groups().forEach(group -> sites.obstacle(group).ifPresent(why -> obstacles.put(group, why)));
        InputTypes types = inputTypes == null ? InputTypes.infer(network.structure()) : inputTypes;
        CostModel costs = new CostModel(network, graph, types);
        Selection selection = select(graph, obstacles, costs);
        N small = Surgery.shrink(network, selection.mask());
        NetworkView<N> view = NetworkView.of(small);
        List<ChannelGroup> sketched = selection.groups().stream()
                .filter(group -> !group.pruned().isEmpty() && !obstacles.containsKey(group.group()))
                .map(GroupSelection::group)
                .toList();
        new SketchedWeights(network, view, selection.mask()).write(sketched);
        check(view, types);
        return new SketchResult<>(
                small,
                costs.of(ChannelMask.none(graph)),
                costs.of(selection.mask()),
                groups(selection, sites, obstacles),
                PinnedLayer.in(graph),
                selection.note());
    }

    private Selection select(ChannelGraph graph, Map<ChannelGroup, String> obstacles, CostModel costs) {
        Set<String> left = new HashSet<>(ignored);
        if (others == null) {
            requireSketchable(graph, obstacles);
            obstacles.keySet().forEach(group -> left.addAll(group.producers()));
        }
        SelectionRequest request =
                new SelectionRequest(sparsity, Scope.LOCAL, layerSparsities, left, multipleOf, budget);
        List<String> nodes = network.structure().names();
        Criterion criterion = others == null ? new L2Norm() : others;
        return new Selector(graph, nodes, new ChannelScorer(network, graph).score(criterion, data, left))
                .select(request, () -> costs);
    }

    private void requireSketchable(ChannelGraph graph, Map<ChannelGroup, String> obstacles) {
        layerSparsities.keySet().stream()
                .sorted()
                .forEach(layer -> obstacles.forEach((group, why) -> {
                    boolean own = group.producers().contains(layer)
                            || Arrays.stream(graph.unitIds(layer).orElse(new int[0]))
                                    .anyMatch(id -> id >= 0 && group.classes().contains(graph.classOf(id)));
                    if (own) {
                        throw new IllegalArgumentException("layer \"" + layer
                                + "\" must have channels that can be sketched, or a criterion must select them: "
                                + why);
                    }
                }));
        if (!graph.groups().isEmpty() && obstacles.size() == graph.groups().size()) {
            Map.Entry<ChannelGroup, String> first =
                    obstacles.entrySet().iterator().next();
            throw new IllegalArgumentException(
                    "network must have a group of channels that can be sketched, got none: of \""
                            + first.getKey().name() + "\", " + first.getValue());
        }
    }

    private void check(NetworkView<N> small, InputTypes types) {
        INDArray[] inputs = ExampleInputs.random(network, types, EXAMPLES, SEED);
        INDArray[] expected = network.output(inputs);
        INDArray[] actual = small.output(inputs);
        for (int i = 0; i < expected.length; i++) {
            if (!Arrays.equals(expected[i].shape(), actual[i].shape())
                    || !Double.isFinite(actual[i].norm1Number().doubleValue())) {
                throw new IllegalStateException("output \""
                        + network.structure().outputs().get(i)
                        + "\" of the sketched network must be finite and of shape "
                        + Arrays.toString(expected[i].shape()) + ", got shape " + Arrays.toString(actual[i].shape())
                        + " and sum of magnitudes " + actual[i].norm1Number());
            }
        }
    }

    private static List<SketchedGroup> groups(
            Selection selection, SketchSites sites, Map<ChannelGroup, String> obstacles) {
        List<SketchedGroup> result = new ArrayList<>();
        for (GroupSelection own : selection.groups()) {
            ChannelGroup group = own.group();
            Optional<String> obstacle = Optional.ofNullable(obstacles.get(group));
            SketchedGroup.Treatment treatment = own.pruned().isEmpty()
                    ? SketchedGroup.Treatment.LEFT_ALONE
                    : obstacle.isPresent() ? SketchedGroup.Treatment.SELECTED : SketchedGroup.Treatment.SKETCHED;
            String note = obstacle.filter(
                            why -> own.note().isEmpty() || own.note().equals("ignored"))
                    .orElse(own.note());
            result.add(new SketchedGroup(
                    group.name(),
                    group.producers(),
                    sites.readers(group),
                    group.width(),
                    own.requested(),
                    own.kept(),
                    treatment,
                    note));
        }
        return result;
    }
}
