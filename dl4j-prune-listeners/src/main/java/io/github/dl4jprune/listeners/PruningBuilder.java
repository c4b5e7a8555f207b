package io.github.dl4jprune.listeners;

import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.sparse.GuidedSparsity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What the builders of all pruning listeners share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PruningBuilder<B extends PruningBuilder<B>>
        permits StaticPruningListener.Builder, ScheduledBuilder {
    private Granularity granularity = Granularity.FILTER;
    private @Nullable Criterion criterion;
    private OptionalDouble sparsity = OptionalDouble.empty();
    private final Map<String, Double> layers = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private OptionalLong seed = OptionalLong.empty();
    private @Nullable DataSetIterator data;
    private @Nullable GuidedSparsity guide;

    PruningBuilder() {}

    /** This builder under its own type. */
    abstract B self();

    /** What ranks the channels or weights; by default the L2 norm of filters and the magnitude of weights. */
    public B criterion(Criterion value) {
        criterion = value;
        return self();
    }

    /** Fraction of zeros to reach in every layer that has no own one, in [0, 1); left out: only the layers named. */
    public B sparsity(double value) {
        sparsity = OptionalDouble.of(value);
        return self();
    }

    /** Fraction of zeros to reach in one layer (with filters: in its whole group), in [0, 1). */
    public B layer(String name, double value) {
        layers.put(name, value);
        return self();
    }

    /** Leaves layers (with filters: their groups) alone. */
    public B ignore(String... names) {
        ignored.addAll(Arrays.asList(names));
        return self();
    }

    /** Seed of the random criterion. */
    public B seed(long value) {
        seed = OptionalLong.of(value);
        return self();
    }

    /** Minibatches for criteria that look at gradients or activations; read from start to end at every mask change. */
    public B data(DataSetIterator value) {
        data = value;
        return self();
    }

    /**
     * Lets each layer have its sparsity only where that makes sparse inference faster, and only as much as does: {@link
     * GuidedSparsity#sparsity} of what it would get otherwise. Layers that were not measured stay dense. Single weights only.
     */
    public B guided(GuidedSparsity value) {
        guide = value;
        return self();
    }

    final void use(Granularity value) {
        granularity = value;
    }

    /** The sparsity of a request that sets none. */
    OptionalDouble defaultSparsity() {
        return OptionalDouble.empty();
    }

    final PruningTarget target() {
        OptionalDouble common = sparsity.isEmpty() && layers.isEmpty() ? defaultSparsity() : sparsity;
        Criterion ranking =
                criterion == null ? granularity == Granularity.WEIGHT ? new L1Norm() : new L2Norm() : criterion;
        if (ranking instanceof RandomScore && seed.isPresent()) {
            ranking = new RandomScore(seed.getAsLong());
        }
        return guide == null
                ? new PruningTarget(granularity, ranking, common, layers, ignored, data)
                : new PruningTarget(granularity, ranking, OptionalDouble.empty(), guided(guide, common), ignored, data);
    }

    private Map<String, Double> guided(GuidedSparsity by, OptionalDouble common) {
        if (granularity != Granularity.WEIGHT) {
            throw new IllegalArgumentException("guided sparsity must go with single weights, got whole channels");
        }
        Map<String, Double> asked = new HashMap<>(layers);
        common.ifPresent(value -> by.ranges().keySet().forEach(layer -> asked.putIfAbsent(layer, value)));
        asked.keySet().removeAll(ignored);
        Map<String, Double> paying = by.sparsities(asked);
        if (paying.isEmpty()) {
            throw new IllegalArgumentException(
                    "sparsity must pay in some layer, got " + new TreeMap<>(asked) + " where " + by.ranges() + " do");
        }
        return paying;
    }
}
