package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.criterion.ActivationCriterion;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Scores channels by what they put out: at the first layer, from their producer on, that applies an activation function
 * to them, or at the producer itself if there is none.
 */
final class ActivationScores {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;

    ActivationScores(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    Map<String, double[]> score(ActivationCriterion criterion, List<String> producers, DataSetIterator data) {
        Map<String, String> observed = observedNodes(producers);
        NetworkView<? extends Model> copy = network.copyWithoutListeners();
        Map<String, double[]> sums = new LinkedHashMap<>();
        double examples = 0;
        data.reset();
        while (data.hasNext()) {
            DataSet batch = data.next();
            Map<String, INDArray> activations = copy.activations(batch.getFeatures());
            for (String layer : producers) {
                String node = observed.getOrDefault(layer, layer);
                INDArray rows = rows(activations.get(node), graph.channelAxis(node));
                int units = graph.unitIds(layer).orElseThrow().length;
                double[] scores = criterion.score(rows).toDoubleVector();
                Sums.add(sums, layer, Arrays.copyOf(scores, units), batch.numExamples());
            }
            examples += batch.numExamples();
        }
        Sums.divide(sums, examples, criterion.name());
        return sums;
    }

    private static INDArray rows(@org.jspecify.annotations.Nullable INDArray activation, int axis) {
        if (activation == null) {
            throw new IllegalStateException("a layer must put out an activation");
        }
        int[] order = IntStream.concat(
                        IntStream.of(axis),
                        IntStream.range(0, activation.rank()).filter(a -> a != axis))
                .toArray();
        long channels = activation.size(axis);
        return activation.permute(order).dup('c').reshape('c', channels, activation.length() / channels);
    }

    /** For each producer the first of the activating layers, from itself on, that its channels reach unmixed. */
    private Map<String, String> observedNodes(List<String> producers) {
        Map<String, int[]> activating = activating();
        Map<String, Integer> position = new HashMap<>();
        network.structure().nodes().forEach(node -> position.put(node.name(), position.size()));
        Map<String, String> observed = new LinkedHashMap<>();
        for (String producer : producers) {
            int[] own = classes(graph.unitIds(producer).orElseThrow());
            int from = position.getOrDefault(producer, 0);
            observed.put(
                    producer,
                    activating.entrySet().stream()
                            .filter(node -> position.getOrDefault(node.getKey(), 0) >= from
                                    && Arrays.equals(node.getValue(), own))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(producer));
        }
        return observed;
    }

    /** The layers that apply an activation function, in network order, with the classes of what they put out. */
    private Map<String, int[]> activating() {
        Map<String, int[]> result = new LinkedHashMap<>();
        for (NetworkNode node : network.structure().nodes()) {
            if (node.content() instanceof LayerContent content && activates(content.layer())) {
                graph.outputIds(node.name()).ifPresent(ids -> result.put(node.name(), classes(ids)));
            }
        }
        return result;
    }

    private int[] classes(int[] ids) {
        return Arrays.stream(ids)
                .map(id -> id == ParameterAxis.FIXED ? id : graph.classOf(id))
                .toArray();
    }

    private static boolean activates(Layer layer) {
        IActivation function = layer instanceof ActivationLayer activation
                ? activation.getActivationFn()
                : layer instanceof BaseLayer base && !(layer instanceof BatchNormalization)
                        ? base.getActivationFn()
                        : null;
        return function != null && !(function instanceof ActivationIdentity);
    }
}
