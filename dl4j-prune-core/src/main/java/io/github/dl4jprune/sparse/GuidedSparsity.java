package io.github.dl4jprune.sparse;

import io.github.dl4jprune.compression.ParameterSlice;
import io.github.dl4jprune.compression.WeightPruning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Guided sparsity learning: single weights are pruned only where skipping them makes a layer faster. A layer that would stay
 * below the sparsity from which on that is so goes back to dense, where its weights do more good; and one that has reached the
 * sparsity from which on nothing more is gained is pruned no further.
 *
 * <p>With a break-even density {@code b} and a least density {@code u}, an asked sparsity {@code s} becomes
 * <pre>
 * 0            if s &lt; 1 - b, or b &lt; u
 * min(s, 1 - u) else
 * </pre>
 * A layer that was not measured has no sparse form and becomes dense.
 *
 * <pre>{@code
 * GuidedSparsity guide = GuidedSparsity.of(new SparseInference(15).of(pruned, example).choices());
 * new DynamicPruningListener.Builder().granularity(Granularity.WEIGHT).sparsity(0.9).end(5).guided(guide).build();
 * }</pre>
 *
 * @param ranges by layer name, where sparsity pays
 * @see LayerChoice#breakEven
 * @see <a href="https://arxiv.org/abs/1608.01409">Park et al. (2017), Faster CNNs with Direct Sparse Convolutions and Guided
 *     Pruning, section 2.3</a>
 */
public record GuidedSparsity(Map<String, Range> ranges) {
    /** The density below which a sparse convolution gets no faster, in the paper: other costs than weights remain. */
    public static final double LEAST_DENSITY = 0.02;

    /** Copies the map. */
    public GuidedSparsity {
        ranges = Map.copyOf(ranges);
    }

    /**
     * The sparsities that pay in one layer; none, if the least is above the most.
     *
     * @param least 1 - break-even density, in [0, 1]
     * @param most 1 - least density, in [0, 1)
     */
    public record Range(double least, double most) {
        /** Checks the ranges. */
        public Range {
            if (!(least >= 0 && least <= 1 && most >= 0 && most < 1)) {
                throw new IllegalArgumentException(
                        "sparsities that pay must be in [0, 1] and [0, 1), got " + least + " and " + most);
            }
        }

        private double of(double asked) {
            return asked < least || least > most ? 0 : Math.min(asked, most);
        }
    }

    /** From measured layers, with {@value #LEAST_DENSITY} as the least density that still pays. */
    public static GuidedSparsity of(List<LayerChoice> measured) {
        return of(measured, LEAST_DENSITY);
    }

    /**
     * From measured layers.
     *
     * @param measured what {@link SparseInference} found, on a network about as sparse as it is to become
     * @param leastDensity density below which nothing more is gained, in (0, 1]
     * @throws IllegalArgumentException if a layer was not timed
     */
    public static GuidedSparsity of(List<LayerChoice> measured, double leastDensity) {
        if (!(leastDensity > 0 && leastDensity <= 1)) {
            throw new IllegalArgumentException("least density must be in (0, 1], got " + leastDensity);
        }
        Map<String, Range> ranges = new HashMap<>();
        for (LayerChoice choice : measured) {
            if (Double.isNaN(choice.breakEven())) {
                throw new IllegalArgumentException(
                        "layer \"" + choice.layer() + "\" must have been timed, got no break-even density");
            }
            ranges.put(choice.layer(), new Range(1 - choice.breakEven(), 1 - leastDensity));
        }
        return new GuidedSparsity(ranges);
    }

    /**
     * The sparsity that a layer should get.
     *
     * @param layer its name
     * @param asked what it would get otherwise, in [0, 1)
     */
    public double sparsity(String layer, double asked) {
        if (!(asked >= 0 && asked < 1)) {
            throw new IllegalArgumentException("layer \"" + layer + "\": sparsity must be in [0, 1), got " + asked);
        }
        Range range = ranges.get(layer);
        return range == null ? 0 : range.of(asked);
    }

    /** The same for several layers; those that become dense are left out. */
    public Map<String, Double> sparsities(Map<String, Double> asked) {
        Map<String, Double> guided = new TreeMap<>();
        asked.forEach((layer, value) -> {
            double sparsity = sparsity(layer, value);
            if (sparsity > 0) {
                guided.put(layer, sparsity);
            }
        });
        return guided;
    }

    /**
     * Keep ratios for the sparsities that other rules would bring about in a network: those of a threshold, for instance,
     * where nobody knows beforehand how sparse a layer becomes.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph, left untouched
     * @param rules what would be done
     * @return a rule for every layer whose sparsity pays
     * @throws IllegalArgumentException if a rule names a layer that has no weights
     */
    public WeightPruning guide(Model network, WeightPruning rules) {
        Map<String, WeightPruning.Rule> guided = new HashMap<>();
        sparsities(reached(network, rules))
                .forEach((layer, sparsity) -> guided.put(layer, new WeightPruning.Keep(1 - sparsity)));
        return new WeightPruning(guided);
    }

    private static Map<String, Double> reached(Model network, WeightPruning rules) {
        INDArray mask = rules.mask(network).castTo(DataType.DOUBLE);
        Map<String, Share> kept = new HashMap<>();
        for (ParameterSlice slice : ParameterSlice.of(network)) {
            if (slice.isWeights() && rules.rules().containsKey(slice.layer())) {
                INDArray own = mask.get(NDArrayIndex.interval(slice.start(), slice.end()));
                kept.merge(slice.layer(), new Share(own.sumNumber().doubleValue(), slice.length()), Share::and);
            }
        }
        Map<String, Double> reached = new HashMap<>();
        kept.forEach((layer, share) -> reached.put(layer, share.sparsity()));
        return reached;
    }

    private record Share(double kept, long all) {
        Share and(Share other) {
            return new Share(kept + other.kept, all + other.all);
        }

        /** Below 1, even where nothing is kept. */
        double sparsity() {
            return Math.min(Math.nextDown(1.0), 1 - kept / all);
        }
    }
}
