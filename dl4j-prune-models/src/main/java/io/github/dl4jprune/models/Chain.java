package io.github.dl4jprune.models;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A graph under construction that remembers its end, so that most lines need not name their input. */
final class Chain {
    private static final String INPUT = "input";

    private final GraphBuilder graph;
    private String end = INPUT;

    Chain(LayerFactory layers, InputType input) {
        this.graph = layers.network().graphBuilder().addInputs(INPUT).setInputTypes(input);
    }

    /** The vertex that the next one follows. */
    String end() {
        return end;
    }

    Chain then(String name, Layer layer) {
        graph.addLayer(name, layer, end);
        end = name;
        return this;
    }

    Chain then(String name, GraphVertex vertex, String... inputs) {
        graph.addVertex(name, vertex, inputs);
        end = name;
        return this;
    }

    /** Goes on from an earlier vertex. */
    Chain from(String vertex) {
        end = vertex;
        return this;
    }

    ComputationGraph build() {
        ComputationGraph network = new ComputationGraph(graph.setOutputs(end).build());
        network.init();
        return network;
    }
}
