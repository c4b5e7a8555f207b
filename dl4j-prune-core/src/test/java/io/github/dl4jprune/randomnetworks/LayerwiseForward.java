package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward pass in inference mode, one layer or vertex after the other outside any workspace, through which tests change activations
 * on the way. Names: those of the graph's inputs and vertices; for a {@link MultiLayerNetwork}, {@code "input"} and each layer's
 * name or else its index.
 */
public interface LayerwiseForward {
    /** The runner of either type of network. */
    static LayerwiseForward of(Model network) {
        return network instanceof MultiLayerNetwork layers
                ? new MultiLayerForward(layers)
                : new GraphForward((ComputationGraph) network);
    }

    /** Inputs, layers and vertices in topological order. */
    List<String> names();

    /** Names of the inputs. */
    List<String> inputNames();

    /** Names of the outputs, in the order of the network's outputs. */
    List<String> outputNames();

    /** Whose activations a layer or vertex reads, in its order; empty for inputs. */
    List<String> sources(String name);

    /** Must come before {@link #forward}: some vertices ask for the size of the batch and the number of time steps. */
    void begin(INDArray... inputs);

    /** What a layer or vertex sees of what arrives: the same, or what its preprocessor makes of it. */
    List<INDArray> seen(String name, List<INDArray> arriving);

    /** What a layer (with its preprocessor) or vertex makes of what arrives; {@code arriving} is left untouched. */
    INDArray forward(String name, List<INDArray> arriving);

    /** Runs with every activation handed to {@code change} first; inputs are left untouched. */
    default Activations run(INDArray[] inputs, Change change) {
        Map<String, List<INDArray>> given = new LinkedHashMap<>();
        Map<String, INDArray> outputs = new LinkedHashMap<>();
        Activations activations = new Activations(given, outputs);
        begin(inputs);
        for (String name : names()) {
            int input = inputNames().indexOf(name);
            if (input >= 0) {
                outputs.put(name, change.after(name, inputs[input].dup()));
            } else {
                List<INDArray> arriving = activations.arriving(sources(name));
                given.put(name, seen(name, arriving));
                outputs.put(name, change.after(name, forward(name, arriving)));
            }
        }
        return activations;
    }

    /** Runs unchanged. */
    default Activations run(INDArray... inputs) {
        return run(inputs, (name, activation) -> activation);
    }

    /** Replaces an activation on its way. */
    @FunctionalInterface
    interface Change {
        /**
         * The activation to go on with.
         *
         * @param name of the input, layer or vertex
         * @param activation what it hands on, free to be changed in place
         */
        INDArray after(String name, INDArray activation);
    }

    /**
     * What a forward pass left behind.
     *
     * @param inputs what each layer or vertex was given, after its preprocessor
     * @param outputs what each input, layer or vertex handed on, in topological order
     */
    record Activations(Map<String, List<INDArray>> inputs, Map<String, INDArray> outputs) {
        /** What one layer or vertex handed on. */
        public INDArray output(String name) {
            INDArray output = outputs.get(name);
            if (output == null) {
                throw new IllegalArgumentException("no activation \"" + name + "\", only " + outputs.keySet());
            }
            return output;
        }

        /** What one layer or vertex was given. */
        public List<INDArray> input(String name) {
            List<INDArray> given = inputs.get(name);
            if (given == null) {
                throw new IllegalArgumentException("no layer or vertex \"" + name + "\", only " + inputs.keySet());
            }
            return given;
        }

        List<INDArray> arriving(List<String> sources) {
            List<INDArray> arriving = new ArrayList<>();
            sources.forEach(source -> arriving.add(output(source)));
            return arriving;
        }
    }
}
