package io.github.dl4jprune.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.surgery.Surgery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Searches how wide the groups of a network should be, as ABCPruner does: a {@link BeeColony} over widths in tenths of each
 * group's channels. A candidate is the network with those widths, its filters inherited; what it is worth is for the caller to
 * say, commonly the accuracy on validation data after a short training.
 *
 * <pre>{@code
 * WidthSearchResult<ComputationGraph> found = WidthSearch.of(network)
 *         .colony(new BeeColony.Builder().sources(3).cycles(2).foodLimit(2).most(7).seed(1).build())
 *         .fitness(TrainedAccuracy.of(() -> trainingData(), validationData))
 *         .keep(Path.of("search.json"))
 *         .run();
 * }</pre>
 *
 * <p>Which channels a candidate inherits is drawn once, for the whole search: a candidate with more of a group's channels has all
 * those of one with fewer, and the same widths are the same network. Where e tenths are kept, the group loses the sparsity
 * {@code 1 - e / 10} as everywhere here: {@code floor(N (1 - e / 10))} of N channels.
 *
 * <p>Cost: {@link BeeColony#evaluations} calls of the fitness at most; all else is little beside a training.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @see <a href="https://arxiv.org/abs/2001.08565">Lin et al. (2020), Channel Pruning via Automatic Structure Search</a>
 */
public final class WidthSearch<N extends Model> {
    private static final int CHUNK = 1 << 20;

    private final NetworkView<N> network;
    private BeeColony colony = new BeeColony.Builder().build();
    private @Nullable NetworkFitness fitness;
    private @Nullable Criterion criterion;
    private @Nullable DataSetIterator data;
    private final Set<String> ignored = new LinkedHashSet<>();
    private Groups groups = Groups.ALL;
    private OptionalDouble macs = OptionalDouble.empty();
    private Optional<Path> file = Optional.empty();
    private final Map<String, String> circumstances = new TreeMap<>();
    private WidthSearchProgress progress = WidthSearchProgress.none();
    private @Nullable InputTypes inputTypes;

    /** Which groups' widths a search varies. */
    public enum Groups {
        /** All that are not ignored, the widths of residual streams included. */
        ALL,
        /** Those whose channels one layer makes alone: in residual networks the inner widths of blocks, as in the paper. */
        INNER
    }

    private WidthSearch(NetworkView<N> network) {
        this.network = network;
    }

    /** Starts with the default colony, all groups, no bound and nothing kept; the fitness must be given. */
    public static <N extends Model> WidthSearch<N> of(N network) {
        return new WidthSearch<>(NetworkView.of(network));
    }

    /** What a candidate is worth. */
    public WidthSearch<N> fitness(NetworkFitness value) {
        fitness = value;
        return this;
    }

    /** How the search goes; {@link BeeColony#most}, at most 10, is the largest number of tenths. */
    public WidthSearch<N> colony(BeeColony value) {
        colony = value;
        return this;
    }

    /** Which channels are inherited: the first by this criterion; by default a random order from the colony's seed. */
    public WidthSearch<N> inherit(Criterion value) {
        criterion = value;
        return this;
    }

    /** Minibatches for a criterion that looks at gradients or activations. */
    public WidthSearch<N> data(DataSetIterator value) {
        data = value;
        return this;
    }

    /** Leaves the groups of these layers alone. */
    public WidthSearch<N> ignore(String... layers) {
        ignored.addAll(Arrays.asList(layers));
        return this;
    }

    /** Which groups take part; all by default. */
    public WidthSearch<N> groups(Groups value) {
        groups = value;
        return this;
    }

    /** Tries only candidates that leave at most this fraction of the multiply-adds, in (0, 1]. */
    public WidthSearch<N> macs(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("macs must be in (0, 1], got " + fraction);
        }
        macs = OptionalDouble.of(fraction);
        return this;
    }

    /** Keeps every fitness in a file; where there is one, a search that was cut short goes on from it. */
    public WidthSearch<N> keep(Path value) {
        file = Optional.of(value);
        return this;
    }

    /** Something that the fitness depends on, such as epochs or data: a file with another value is refused. */
    public WidthSearch<N> circumstance(String name, String value) {
        circumstances.put(name, value);
        return this;
    }

    /** Hears of every candidate. */
    public WidthSearch<N> progress(WidthSearchProgress value) {
        progress = value;
        return this;
    }

    /** Shape of one example at each input, where the configuration does not tell; see {@link InputTypes#of}. */
    public WidthSearch<N> inputShapes(long[]... shapes) {
        inputTypes = InputTypes.of(network.structure(), List.of(shapes));
        return this;
    }

    /**
     * Searches.
     *
     * @throws IllegalArgumentException if there is no fitness, a layer is unknown, no width may vary, the bound cannot be met
     *     even with a tenth of every group, or the file is of another search
     * @throws IllegalStateException if a fitness is negative or not finite
     */
    public WidthSearchResult<N> run() {
        NetworkFitness measure = fitness;
        if (measure == null) {
            throw new IllegalArgumentException("search must be given a fitness");
        }
        if (colony.most() > 10) {
            throw new IllegalArgumentException("largest entry must be at most 10 tenths, got " + colony.most());
        }
        ChannelGraph graph = ChannelGraph.of(network);
        WidthDimensions dimensions = new WidthDimensions(graph, ignored, groups);
        InputTypes types = inputTypes == null ? InputTypes.infer(network.structure()) : inputTypes;
        FitnessFile known = new FitnessFile(file, settings(dimensions));
        Candidates candidates = new Candidates(
                dimensions,
                new ChannelSensitivity(network, graph, new ChannelScorer(network, graph).score(order(), data, ignored)),
                new CostModel(network, graph, types),
                network.copyWithoutListeners());
        requireReachable(candidates, dimensions.size());
        List<WidthEvaluation> seen = new ArrayList<>();
        FoodSource best = colony.search(
                dimensions.size(),
                tenths -> macs.isEmpty() || candidates.macs(tenths) <= macs.getAsDouble(),
                tenths -> {
                    double found = known.of(tenths, own -> measure.of(candidates.network(own)));
                    seen.add(candidates.evaluation(seen.size() + 1, tenths, found));
                    progress.evaluated(seen.get(seen.size() - 1), best(seen), colony.evaluations());
                    return found;
                });
        ChannelMask mask = candidates.mask(best.entries());
        return new WidthSearchResult<>(
                Surgery.shrink(network, mask),
                best(seen),
                seen,
                candidates.costs().of(ChannelMask.none(graph)),
                candidates.costs().of(mask));
    }

    private void requireReachable(Candidates candidates, int size) {
        double least = candidates.macs(Collections.nCopies(size, 1));
        if (macs.isPresent() && least > macs.getAsDouble()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "bound on multiply-adds must be at least %.4f, what a tenth of every group leaves, got %s",
                    least,
                    macs.getAsDouble()));
        }
    }

    private static WidthEvaluation best(List<WidthEvaluation> seen) {
        return seen.stream().reduce((a, b) -> b.fitness() > a.fitness() ? b : a).orElseThrow();
    }

    private Criterion order() {
        return criterion == null ? new RandomScore(colony.seed()) : criterion;
    }

    private Map<String, String> settings(WidthDimensions dimensions) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("colony", colony.toString());
        settings.put("groups", dimensions.text());
        settings.put("inherit", order().name());
        settings.put("macs", macs.isPresent() ? String.valueOf(macs.getAsDouble()) : "");
        settings.put("weights", digest(network.flatParameters()));
        circumstances.forEach((name, value) -> settings.put("given " + name, value));
        return settings;
    }

    private static String digest(INDArray parameters) {
        CRC32 sum = new CRC32();
        INDArray flat = parameters.reshape(parameters.length());
        for (long start = 0; start < flat.length(); start += CHUNK) {
            long end = Math.min(flat.length(), start + CHUNK);
            for (double value : flat.get(NDArrayIndex.interval(start, end)).toDoubleVector()) {
                long bits = Double.doubleToLongBits(value);
                for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                    sum.update((int) (bits >>> shift));
                }
            }
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    /** From tenths to networks. */
    private record Candidates(
            WidthDimensions dimensions,
            ChannelSensitivity channels,
            CostModel costs,
            NetworkView<? extends Model> bare) {
        ChannelMask mask(List<Integer> tenths) {
            return channels.mask(dimensions.sparsities(tenths));
        }

        double macs(List<Integer> tenths) {
            long before = costs.of(channels.mask(Map.of())).macs();
            return before == 0 ? 1 : (double) costs.of(mask(tenths)).macs() / before;
        }

        Model network(List<Integer> tenths) {
            return Surgery.shrink(bare, mask(tenths));
        }

        WidthEvaluation evaluation(int number, List<Integer> tenths, double fitness) {
            return new WidthEvaluation(number, tenths, dimensions.sparsities(tenths), macs(tenths), fitness);
        }
    }
}
