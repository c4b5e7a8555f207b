package io.github.dl4jprune.compression;

import io.github.dl4jprune.mask.SparsityCount;
import io.github.dl4jprune.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses which single weights go, layer by layer, by magnitude: the first stage of Deep Compression. A layer that is not
 * named keeps all its weights; vectors (biases, batch norm) are never pruned.
 *
 * @param rules by layer name
 * @see <a href="https://arxiv.org/abs/1506.02626">Han et al., "Learning both Weights and Connections", NIPS 2015</a>
 */
public record WeightPruning(Map<String, Rule> rules) {
    /** What survives in one layer. */
    public sealed interface Rule permits Keep, Quality {}

    /**
     * A share of the weights survives, the largest ones: {@code n - floor(n (1 - ratio) + 1e-9)} of n.
     *
     * @param ratio in (0, 1]
     */
    public record Keep(double ratio) implements Rule {
        /** Checks the range. */
        public Keep {
            if (!(ratio > 0 && ratio <= 1)) {
                throw new IllegalArgumentException("keep ratio must be in (0, 1], got " + ratio);
            }
        }
    }

    /**
     * Weights of at least {@code q} standard deviations of the layer's weights survive.
     *
     * @param q {@code >= 0}
     */
    public record Quality(double q) implements Rule {
        /** Checks the range. */
        public Quality {
            if (!(q >= 0 && q < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("quality must be >= 0 and finite, got " + q);
            }
        }
    }

    /** Copies the map. */
    public WeightPruning {
        rules = Map.copyOf(rules);
    }

    /**
     * The weight mask of a network: 1 where a parameter stays.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph, left untouched
     * @return one value a parameter, in the order of {@code network.params()} and in its data type
     * @throws IllegalArgumentException if a rule names a layer that has no weights
     */
    public INDArray mask(Model network) {
        List<ParameterSlice> slices = ParameterSlice.of(network).stream()
                .filter(ParameterSlice::isWeights)
                .toList();
        List<String> layers =
                slices.stream().map(ParameterSlice::layer).distinct().toList();
        for (String name : new TreeMap<>(rules).keySet()) {
            if (!layers.contains(name)) {
                throw new IllegalArgumentException(
                        "layer \"" + name + "\" must be a layer with weights" + NearestName.hintOrList(name, layers));
            }
        }
        double[] values = network.params().toDoubleVector();
        double[] mask = new double[values.length];
        Arrays.fill(mask, 1);
        for (ParameterSlice slice : slices) {
            Rule rule = rules.get(slice.layer());
            if (rule != null) {
                double[] magnitudes = magnitudes(values, slice);
                double threshold = rule instanceof Keep keep ? rank(magnitudes, keep) : threshold(values, slice, rule);
                drop(mask, slice, magnitudes, threshold);
            }
        }
        return Nd4j.createFromArray(mask).castTo(network.params().dataType());
    }

    private static double[] magnitudes(double[] values, ParameterSlice slice) {
        double[] magnitudes = new double[slice.length()];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(values[slice.start() + i]);
        }
        return magnitudes;
    }

    private static double rank(double[] magnitudes, Keep keep) {
        double[] sorted = magnitudes.clone();
        Arrays.sort(sorted);
        int removed = SparsityCount.removed(sorted.length, 1 - keep.ratio());
        return removed == sorted.length ? Double.POSITIVE_INFINITY : sorted[removed];
    }

    private static double threshold(double[] values, ParameterSlice slice, Rule rule) {
        double sum = 0;
        double squares = 0;
        for (int i = slice.start(); i < slice.end(); i++) {
            sum += values[i];
            squares += values[i] * values[i];
        }
        double mean = sum / slice.length();
        return ((Quality) rule).q() * Math.sqrt(Math.max(0, squares / slice.length() - mean * mean));
    }

    private static void drop(double[] mask, ParameterSlice slice, double[] magnitudes, double threshold) {
        for (int i = 0; i < magnitudes.length; i++) {
            // a weight that is 0 already stays 0: it must not come back in retraining
            if (magnitudes[i] < threshold || magnitudes[i] == 0) {
                mask[slice.start() + i] = 0;
            }
        }
    }
}
