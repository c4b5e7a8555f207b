package io.github.dl4jprune.sparse;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The layers of a running network by name, and the way to put others in their place. */
final class LayerSlots {
    private final Model network;
    private final Map<String, Layer> layers;

    private LayerSlots(Model network, Map<String, Layer> layers) {
        this.network = network;
        this.layers = layers;
    }

    static LayerSlots of(Model network) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        if (network instanceof ComputationGraph graph) {
            for (var vertex : graph.getVertices()) {
                if (vertex instanceof LayerVertex slot) {
                    layers.put(vertex.getVertexName(), slot.getLayer());
                }
            }
        } else {
            Layer[] chain = ((MultiLayerNetwork) network).getLayers();
            int next = 0;
            for (NetworkNode node : NetworkView.of(network).structure().nodes()) {
                if (!node.inputs().isEmpty()) {
                    layers.put(node.name(), chain[next++]);
                }
            }
        }
        return new LayerSlots(network, layers);
    }

    boolean has(String name) {
        return layers.containsKey(name);
    }

    Layer layer(String name) {
        return Objects.requireNonNull(layers.get(name), name);
    }

    void replace(Map<String, Layer> chosen) {
        if (network instanceof ComputationGraph graph) {
            Layer[] all = graph.getLayers();
            chosen.forEach((name, layer) -> {
                for (int i = 0; i < all.length; i++) {
                    all[i] = all[i] == layers.get(name) ? layer : all[i];
                }
                ((LayerVertex) graph.getVertex(name)).setLayer(layer);
            });
        } else {
            MultiLayerNetwork chain = (MultiLayerNetwork) network;
            Layer[] all = layers.entrySet().stream()
                    .map(entry -> chosen.getOrDefault(entry.getKey(), entry.getValue()))
                    .toArray(Layer[]::new);
            chain.setLayers(all);
        }
    }
}
