package io.github.dl4jprune.listeners;

import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.NormDistanceMix;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.SelectionRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What a listener prunes: the bounds of every layer, which a schedule scales. */
record PruningTarget(
        Granularity granularity,
        Criterion criterion,
        OptionalDouble sparsity,
        Map<String, Double> layers,
        Set<String> ignored,
        @Nullable DataSetIterator data) {

    PruningTarget {
        layers = Map.copyOf(layers);
        ignored = Set.copyOf(ignored);
        request(sparsity, layers, ignored);
        if (sparsity.isEmpty() && layers.isEmpty() && !(criterion instanceof NormDistanceMix)) {
            throw new IllegalArgumentException("sparsity must be set, for all layers or for some by name");
        }
    }

    /**
     * The request at a fraction of the bounds.
     *
     * @param fraction in [0, 1]
     */
    SelectionRequest at(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction of the sparsity must be in [0, 1], got " + fraction);
        }
        OptionalDouble common =
                sparsity.isPresent() ? OptionalDouble.of(sparsity.getAsDouble() * fraction) : OptionalDouble.empty();
        Map<String, Double> own = layers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() * fraction));
        return request(common, own, ignored);
    }

    /** The criterion that says itself how many filters go, if it alone decides that. */
    Optional<NormDistanceMix> mix() {
        return sparsity.isEmpty() && layers.isEmpty() && criterion instanceof NormDistanceMix own
                ? Optional.of(own)
                : Optional.empty();
    }

    private static SelectionRequest request(OptionalDouble sparsity, Map<String, Double> layers, Set<String> ignored) {
        return new SelectionRequest(sparsity, Scope.LOCAL, layers, ignored, 1, Budget.NONE);
    }
}
