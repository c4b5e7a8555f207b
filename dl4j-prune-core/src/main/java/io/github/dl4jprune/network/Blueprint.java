package io.github.dl4jprune.network;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;

/**
 * A configuration copied from a network, to be edited and then built.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public interface Blueprint<N extends Model> {
    /** The copied graph; edit the configuration objects in its nodes. */
    NetworkStructure structure();

    /** Puts another preprocessor before a layer. */
    void replacePreProcessor(String layer, InputPreProcessor preProcessor);

    /**
     * Builds the network with all parameters zero. Counters, workspace modes, data type, listeners, score and layers
     * frozen at run time are those of the original; an updater exists if and only if the original has one, its state
     * zero. The global random generator is not touched.
     *
     * @param parameters length of the flat parameter vector after the edit
     */
    NetworkView<N> build(long parameters);
}
