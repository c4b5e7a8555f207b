package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.channel.Pin;
import io.github.dl4jprune.channel.PinReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A layer some of whose channels cannot be removed.
 *
 * @param layer its name
 * @param reason the kind of obstacle
 * @param detail what exactly, and where
 */
public record PinnedLayer(String layer, PinReason reason, String detail) {
    /**
     * All such layers of a network, in network order.
     *
     * @param graph the network's channels
     */
    public static List<PinnedLayer> in(ChannelGraph graph) {
        List<PinnedLayer> result = new ArrayList<>();
        for (String layer : graph.producers()) {
            Optional<Pin> pin = Arrays.stream(graph.unitIds(layer).orElse(new int[0]))
                    .filter(id -> id != ParameterAxis.FIXED)
                    .mapToObj(id -> graph.pin(graph.classOf(id)))
                    .flatMap(Optional::stream)
                    .findFirst();
            pin.ifPresent(p -> result.add(new PinnedLayer(layer, p.reason(), detail(layer, p))));
        }
        return result;
    }

    private static String detail(String layer, Pin pin) {
        String where = pin.node().equals(layer) ? "" : "at \"" + pin.node() + "\"";
        return pin.detail().isEmpty() || where.isEmpty() ? pin.detail() + where : pin.detail() + ", " + where;
    }
}
