package io.github.dl4jprune.selection;

import io.github.dl4jprune.mask.ParameterSpan;
import io.github.dl4jprune.mask.ParameterSpans;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;

/** The tensors whose single weights may be pruned: what DL4J calls weights, but for gains and PReLU slopes. */
final class WeightTensors {
    private static final String GAIN = "g";
    private final NetworkView<? extends Model> network;
    private final List<ParameterSpan> spans;

    WeightTensors(NetworkView<? extends Model> network) {
        this.network = network;
        this.spans = ParameterSpans.of(network).stream().filter(this::prunable).toList();
    }

    private boolean prunable(ParameterSpan span) {
        return network.structure().node(span.node()).content() instanceof LayerContent content
                && !network.frozen(span.node())
                && isWeight(content.layer(), span.key());
    }

    private static boolean isWeight(Layer layer, String key) {
        return !(layer instanceof PReLULayer)
                && !key.equals(GAIN)
                && layer.initializer().isWeightParam(layer, key);
    }

    /** All of them, in the order of the flat vector. */
    List<ParameterSpan> all() {
        return spans;
    }

    /** Tensors that a request covers, in the order of the flat vector, each with its own sparsity or null for the common one. */
    List<ParameterSpan> covered(SelectionRequest request) {
        Set<String> nodes = new LinkedHashSet<>();
        spans.forEach(span -> nodes.add(span.node()));
        request.layerSparsities().keySet().forEach(layer -> require(layer, nodes));
        Set<String> all = new LinkedHashSet<>();
        network.structure().nodes().forEach(node -> all.add(node.name()));
        request.ignoredLayers().forEach(layer -> require(layer, all));
        Map<String, Double> own = request.layerSparsities();
        List<ParameterSpan> result = new ArrayList<>();
        for (ParameterSpan span : spans) {
            boolean asked = request.sparsity().isPresent() || own.containsKey(span.node());
            if (asked && !request.ignoredLayers().contains(span.node())) {
                result.add(span);
            }
        }
        if (result.isEmpty()) {
            throw new IllegalArgumentException("network must have weights that may be pruned, got none"
                    + (spans.isEmpty() ? "" : " that are not ignored among " + nodes));
        }
        return result;
    }

    private void require(String layer, Set<String> valid) {
        if (!valid.contains(layer)) {
            boolean frozen = network.structure().nodes().stream()
                            .anyMatch(node -> node.name().equals(layer))
                    && network.frozen(layer);
            throw new IllegalArgumentException("layer \"" + layer + "\" must be one with weights that train"
                    + (frozen ? ", got a frozen one" : NearestName.hintOrList(layer, valid)));
        }
    }
}
