package io.github.dl4jprune.network;

import java.util.List;

/**
 * One place of a network's graph: an input, a layer with its preprocessor, or another vertex.
 *
 * @param name unique in the network: the vertex name of a ComputationGraph, the layer name (or index) of a
 *     MultiLayerNetwork
 * @param inputs names of the nodes that feed this one, in order
 * @param content what the node does
 */
public record NetworkNode(String name, List<String> inputs, NodeContent content) {
    /** Copies the list. */
    public NetworkNode {
        inputs = List.copyOf(inputs);
    }
}
