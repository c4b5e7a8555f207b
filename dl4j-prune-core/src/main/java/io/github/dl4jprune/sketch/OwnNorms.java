package io.github.dl4jprune.sketch;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** Finds the batch normalisations of a layer: those that read what it puts out, with nothing in between that has parameters. */
final class OwnNorms {
    private final NetworkView<? extends Model> network;
    private final Map<String, List<NetworkNode>> readers = new HashMap<>();

    OwnNorms(NetworkView<? extends Model> network) {
        this.network = network;
        for (NetworkNode node : network.structure().nodes()) {
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>())
                            .add(node));
        }
    }

    /**
     * A layer's own batch normalisations.
     *
     * @param names those that may begin anew: frozen ones are left out
     * @param only whether all that the layer puts out goes into them, so that its scale does not matter
     */
    record Found(List<String> names, boolean only) {}

    Found of(String layer) {
        List<String> names = new ArrayList<>();
        boolean only = follow(layer, names);
        return new Found(names, only && !names.isEmpty());
    }

    private boolean follow(String name, List<String> names) {
        List<NetworkNode> next = readers.getOrDefault(name, List.of());
        boolean only = !next.isEmpty();
        for (NetworkNode node : next) {
            if (node.content() instanceof LayerContent content
                    && content.layer() instanceof BatchNormalization
                    && !network.frozen(node.name())) {
                names.add(node.name());
            } else if (node.inputs().size() == 1
                    && network.parameters(node.name()).isEmpty()) {
                only &= follow(node.name(), names);
            } else {
                only = false;
            }
        }
        return only;
    }
}
