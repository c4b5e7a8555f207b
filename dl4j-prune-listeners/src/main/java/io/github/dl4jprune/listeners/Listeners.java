package io.github.dl4jprune.listeners;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a network and their order. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private static final String PARALLEL = "org.deeplearning4j.parallelism.";

    private Listeners() {}

    /** Layer-wise pretraining calls listeners with a single layer. */
    static boolean isNetwork(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    static List<Layer> layers(Model network) {
        return Arrays.asList(
                network instanceof MultiLayerNetwork layered
                        ? layered.getLayers()
                        : ((ComputationGraph) network).getLayers());
    }

    static Collection<TrainingListener> of(Model network) {
        if (network instanceof MultiLayerNetwork layered) {
            return layered.getListeners();
        }
        if (network instanceof ComputationGraph graph) {
            return graph.getListeners();
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or a ComputationGraph, got "
                + network.getClass().getName());
    }

    static void putFirst(Model network, TrainingListener listener) {
        List<TrainingListener> listeners = new ArrayList<>();
        listeners.add(listener);
        of(network).stream().filter(other -> other != listener).forEach(listeners::add);
        network.setListeners(listeners);
    }

    static void warnIfNotFirst(Model network, TrainingListener listener) {
        List<TrainingListener> before = new ArrayList<>();
        for (TrainingListener other : of(network)) {
            if (other == listener) {
                break;
            }
            if (!(other instanceof PruningListener || other instanceof WeightMaskListener)) {
                before.add(other);
            }
        }
        if (!before.isEmpty() && of(network).contains(listener)) {
            LOG.warn(
                    "{} comes after {}, which may see weights that are about to be pruned; call attach(network)"
                            + " in place of addListeners",
                    listener,
                    before);
        }
    }

    /** A worker of a ParallelWrapper may train a copy, which is no network to decide a mask on. */
    static void requireNoWorker(TrainingListener listener) {
        boolean worker = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(PARALLEL)));
        if (worker) {
            throw new IllegalStateException("listener must be attached before a ParallelWrapper trains, got the first"
                    + " iteration of a worker: call attach(network) before new ParallelWrapper.Builder(network) for "
                    + listener);
        }
    }

    static void requireUnclaimed(Model network, PruningListener listener, Set<String> claims) {
        for (TrainingListener other : of(network)) {
            if (other != listener && other instanceof PruningListener pruning) {
                pruning.claimed(claims).ifPresent(name -> {
                    throw new IllegalStateException("parameter \"" + name
                            + "\" must be pruned by one listener, got two: " + pruning + " and " + listener);
                });
            }
        }
    }
}
