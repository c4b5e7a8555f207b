package io.github.dl4jprune.sparse;

import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * A network that skips zero weights in some of its layers. It is used as any other for {@code output} and {@code evaluate};
 * {@code fit} is refused by the replaced layers, and changed parameters do not reach them.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network the network
 * @param choices one for each layer that could be replaced
 */
public record SparseNetwork<N extends Model>(N network, List<LayerChoice> choices) {
    /** Copies the list. */
    public SparseNetwork {
        choices = List.copyOf(choices);
    }
}
