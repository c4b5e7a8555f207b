package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.reconstruction.ReconstructionReport.Leftover;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

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
                Optional<LayerRows> rows = LayerRows.of(content.layer());
                if (original.frozen(node.name())) {
                    leftovers.add(new Leftover(node.name(), "frozen"));
                } else if (rows.isEmpty()) {
                    String type = content.layer().getClass().getSimpleName();
                    leftovers.add(new Leftover(node.name(), "no rule for " + type));
                } else if (inputs(rows.get(), small, node) > MOST_INPUTS) {
                    leftovers.add(new Leftover(node.name(), "reads more than " + MOST_INPUTS + " values"));
                } else {
                    long[] shape = shape(original, node);
                    fitted.add(Site.of(node, rows.get(), mask, rows.get().outputs(shape)));
                }
            }
        }
        return new Sites(fitted, leftovers);
    }

    private static boolean lostInputs(NetworkNode node, ChannelMask mask) {
        return mask.graph().axes(node.name()).stream()
                .anyMatch(axis ->
                        axis.side() == ParameterAxis.Side.INPUT && mask.kept(axis.ids()).length < axis.ids().length);
    }

    private static long inputs(LayerRows rows, NetworkView<? extends Model> small, NetworkNode node) {
        long[] shape = shape(small, node);
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b) / rows.outputs(shape);
    }

    private static long[] shape(NetworkView<? extends Model> network, NetworkNode node) {
        return Objects.requireNonNull(network.parameters(node.name()).get("W"), node.name())
                .shape();
    }
}
