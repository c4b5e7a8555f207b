package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.reconstruction.ReconstructionReport.Leftover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The layers that lost input channels.
 *
 * @param fitted those that can be fitted, in network order
 * @param leftovers the others, and why they cannot
 */
record Sites(List<Site> fitted, List<Leftover> leftovers) {
    private static final int MOST_INPUTS = 8192;

    static Sites of(NetworkView<? extends Model> original, NetworkView<? extends Model> small, ChannelMask mask) {
        List<Site> fitted = new ArrayList<>();
        List<Leftover> leftovers = new ArrayList<>();
        for (NetworkNode node : original.structure().nodes()) {
            if (node.content() instanceof LayerContent content && lostInputs(node, mask)) {
                Optional<Site> site = LayerRows.of(content.layer()).map(rows -> Site.of(node, rows, mask));
                Optional<String> obstacle = obstacle(site, original.frozen(node.name()), content.layer(), small);
                if (obstacle.isPresent()) {
                    leftovers.add(new Leftover(node.name(), obstacle.get()));
                } else {
                    fitted.add(site.orElseThrow());
                }
            }
        }
        return new Sites(fitted, leftovers);
    }

    private static Optional<String> obstacle(
            Optional<Site> site, boolean frozen, Layer layer, NetworkView<? extends Model> small) {
        if (frozen) {
            return Optional.of("frozen");
        }
        if (site.isEmpty()) {
            return Optional.of("no rule for " + layer.getClass().getSimpleName());
        }
        return site.get().inputs(small) > MOST_INPUTS
                ? Optional.of("reads more than " + MOST_INPUTS + " values")
                : Optional.empty();
    }

    private static boolean lostInputs(NetworkNode node, ChannelMask mask) {
        return mask.graph().axes(node.name()).stream()
                .anyMatch(axis ->
                        axis.side() == ParameterAxis.Side.INPUT && mask.kept(axis.ids()).length < axis.ids().length);
    }
}
