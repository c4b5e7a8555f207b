package io.github.dl4jprune.mask;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds where a network's parameters lie. */
public final class ParameterSpans {
    private ParameterSpans() {}

    /**
     * Every parameter of a network, in the order of the flat vector.
     *
     * @param network a network of at most 2^31 - 1 parameters, which is what DL4J can hold
     * @return one span a parameter, without gaps
     */
    public static List<ParameterSpan> of(NetworkView<? extends Model> network) {
        long base = network.flatParameters().offset();
        List<ParameterSpan> spans = new ArrayList<>();
        for (NetworkNode node : network.structure().nodes()) {
            for (Map.Entry<String, INDArray> entry :
                    network.parameters(node.name()).entrySet()) {
                INDArray parameter = entry.getValue();
                spans.add(new ParameterSpan(
                        node.name(),
                        entry.getKey(),
                        Math.toIntExact(parameter.offset() - base),
                        Math.toIntExact(parameter.length())));
            }
        }
        spans.sort(Comparator.comparingInt(ParameterSpan::start));
        return List.copyOf(spans);
    }
}
