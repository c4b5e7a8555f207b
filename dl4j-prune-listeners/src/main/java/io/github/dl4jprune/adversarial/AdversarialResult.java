package io.github.dl4jprune.adversarial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/**
 * What {@link AdversarialPruning} learnt.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network of full width; the masks are multiplied into the weights that read their channels, so that those at 0 are read by nobody
 * @param masks by group of channels, each at least 0, in the order of the group's channels
 */
public record AdversarialResult<N extends Model>(N network, Map<String, double[]> masks) {
    /** Copies the map. */
    public AdversarialResult {
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    }

    /** Fraction of the masks that are 0. */
    public double sparsity() {
        long all = masks.values().stream().mapToLong(group -> group.length).sum();
        long closed = masks.values().stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .filter(mask -> mask == 0)
                .count();
        return (double) closed / all;
    }
}
