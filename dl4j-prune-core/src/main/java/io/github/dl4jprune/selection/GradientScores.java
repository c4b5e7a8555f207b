package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.GradientCriterion;
import io.github.dl4jprune.network.NetworkView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Scores channels by weights and gradients, averaged over minibatches. */
final class GradientScores {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;

    GradientScores(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    Map<String, double[]> score(GradientCriterion criterion, List<String> producers, DataSetIterator data) {
        NetworkView<? extends Model> copy = network.copyWithoutListeners();
        Map<String, double[]> sums = new LinkedHashMap<>();
        int batches = 0;
        data.reset();
        while (data.hasNext()) {
            DataSet batch = data.next();
            INDArray gradient = copy.gradient(batch).divi(batch.numExamples());
            for (String layer : producers) {
                FilterMatrix matrix = new FilterMatrix(graph, copy, layer);
                INDArray filters = matrix.of(copy.parameters(layer));
                INDArray gradients = matrix.of(gradients(copy, layer, gradient));
                Sums.add(sums, layer, criterion.score(filters, gradients).toDoubleVector(), 1.0);
            }
            batches++;
        }
        Sums.divide(sums, batches, criterion.name());
        return sums;
    }

    private static Map<String, INDArray> gradients(
            NetworkView<? extends Model> network, String layer, INDArray gradient) {
        Map<String, INDArray> result = new HashMap<>();
        network.parameters(layer).forEach((key, parameter) -> {
            long start = parameter.offset() - network.flatParameters().offset();
            result.put(
                    key,
                    gradient.get(NDArrayIndex.interval(start, start + parameter.length()))
                            .reshape(parameter.ordering(), parameter.shape()));
        });
        return result;
    }
}
