package io.github.dl4jprune.search;

import org.deeplearning4j.nn.api.Model;

/**
 * Tells what a candidate is worth, more being better: finite and at least 0, such as an accuracy after a short training. It
 * must look at no test data, or the result is chosen by them. For a search that can be killed and go on with the same result, the
 * same network must get the same value whenever it is asked.
 */
@FunctionalInterface
public interface NetworkFitness {
    /**
     * Measures.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph of the candidate's widths, without listeners; free to change
     */
    double of(Model network);
}
