package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.criterion.ScaleCriterion;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores channels by the scale of the first batch normalisation that reads them. */
final class ScaleScores {
    private static final String SCALE = "gamma";

    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;

    ScaleScores(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    Map<String, double[]> score(ScaleCriterion criterion, List<String> producers) {
        List<Normalization> normalizations = normalizations(criterion);
        Map<String, double[]> scores = new LinkedHashMap<>();
        for (String layer : producers) {
            int[] ids = graph.unitIds(layer).orElseThrow();
            Normalization match = normalizations.stream()
                    .filter(normalization -> normalization.scores.keySet().containsAll(ids(ids)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("layer \"" + layer + "\": criterion "
                            + criterion.name() + " must find a batch normalisation with trained gamma behind it"));
            double[] own = new double[ids.length];
            for (int i = 0; i < ids.length; i++) {
                own[i] = match.scores.getOrDefault(ids[i], 0.0);
            }
            scores.put(layer, own);
        }
        return scores;
    }

    private record Normalization(Map<Integer, Double> scores) {}

    private static List<Integer> ids(int[] ids) {
        return java.util.Arrays.stream(ids).boxed().toList();
    }

    private List<Normalization> normalizations(ScaleCriterion criterion) {
        List<Normalization> result = new ArrayList<>();
        for (ParameterAxis axis : graph.axes()) {
            if (axis.key().equals(SCALE)) {
                INDArray gamma = network.parameters(axis.node()).get(SCALE);
                if (gamma != null) {
                    double[] scores =
                            criterion.score(gamma.dup().reshape(gamma.length())).toDoubleVector();
                    Map<Integer, Double> byId = new HashMap<>();
                    for (int i = 0; i < scores.length; i++) {
                        byId.merge(axis.ids()[i], scores[i], Math::max);
                    }
                    result.add(new Normalization(byId));
                }
            }
        }
        return result;
    }
}
