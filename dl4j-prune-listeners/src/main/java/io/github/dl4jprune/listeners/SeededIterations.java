package io.github.dl4jprune.listeners;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Seeds ND4J's generator before every iteration from a seed and the iteration's number, so that dropout and noise depend on
 * nothing else: a run that was stopped and goes on draws what it would have drawn. DL4J draws from one generator for all
 * threads, so this holds for one network that trains alone, with all random things of the data made elsewhere.
 */
public final class SeededIterations extends BaseTrainingListener {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private final long seed;

    private SeededIterations(long seed) {
        this.seed = seed;
    }

    /**
     * Seeds the next iteration of a network now, and every one after it.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param seed any number
     */
    public static void attach(Model network, long seed) {
        SeededIterations listener = new SeededIterations(seed);
        network.addListeners(listener);
        listener.seed(
                network instanceof MultiLayerNetwork layered
                        ? layered.getIterationCount()
                        : ((ComputationGraph) network).getIterationCount());
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (Listeners.isNetwork(model)) {
            seed(iteration + 1);
        }
    }

    private void seed(int iteration) {
        seed(seed, iteration);
    }

    /**
     * Seeds ND4J's generator for one iteration, or another part of a run that has a number.
     *
     * @param seed of the run
     * @param part from 0; negative for parts of another kind
     */
    public static void seed(long seed, long part) {
        Nd4j.getRandom().setSeed(seed + (part + 1) * GOLDEN_RATIO);
    }
}
