package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which weights, or which channels, are pruned now. */
record Decision(
        WeightMask weights,
        Optional<ChannelMask> channels,
        Map<String, LayerSparsity> sparsities,
        double sparsity,
        Set<String> claims) {
    Decision {
        sparsities = Collections.unmodifiableMap(new LinkedHashMap<>(sparsities));
        claims = Set.copyOf(claims);
    }
}
