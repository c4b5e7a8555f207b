package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    /** The first in the alphabet of those names that this decision lays claim to. */
    Optional<String> claimed(Set<String> names) {
        return claims.stream().filter(names::contains).sorted().findFirst();
    }

    /** 0 where a parameter is pruned, else 1; statistics of pruned channels are pruned with them. */
    INDArray multiplier(NetworkView<? extends Model> network) {
        return channels.map(pruned -> MaskMultiplier.withStatistics(pruned, network))
                .orElseGet(() -> weights.multiplier(network.dataType()));
    }
}
