package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.LayerCost;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;

/** One layer of the JSON result: what it cost, and what is left. */
record PrunedLayer(String name, Change channels, Change parameters, Change macs) {
    /** A count before and after. */
    record Change(long before, long after) {}

    /** Every layer that has parameters or multiply-adds, in network order. */
    static List<PrunedLayer> list(SavedModel model, ChannelMask mask) {
        NetworkView<Model> network = NetworkView.of(model.network());
        CostModel costs = new CostModel(network, mask.graph(), ModelInputs.types(model));
        List<LayerCost> before = costs.byLayer(ChannelMask.none(mask.graph()));
        List<LayerCost> after = costs.byLayer(mask);
        return IntStream.range(0, before.size())
                .mapToObj(i -> of(before.get(i), after.get(i)))
                .toList();
    }

    private static PrunedLayer of(LayerCost before, LayerCost after) {
        return new PrunedLayer(
                before.layer(),
                new Change(before.channels(), after.channels()),
                new Change(before.parameters(), after.parameters()),
                new Change(before.macs(), after.macs()));
    }
}
