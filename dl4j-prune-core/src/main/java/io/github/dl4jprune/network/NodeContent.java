package io.github.dl4jprune.network;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/** What a {@link NetworkNode} does; the DL4J configuration objects are live: editing them edits the configuration. */
public sealed interface NodeContent {

    /** An input of the network. */
    record Input() implements NodeContent {}

    /**
     * A layer.
     *
     * @param layer its configuration, wrappers such as FrozenLayer included
     * @param preProcessor what reshapes its input, if anything
     */
    record LayerContent(Layer layer, @Nullable InputPreProcessor preProcessor) implements NodeContent {}

    /**
     * A graph vertex that is no layer.
     *
     * @param vertex its configuration
     */
    record VertexContent(GraphVertex vertex) implements NodeContent {}
}
