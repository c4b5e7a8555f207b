package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the channels of an activation are. Vectors, NCW, NCHW and NCDHW have them on axis 1; NWC, NHWC and NDHWC on the last. A
 * network is taken to use one order throughout for each rank, the one that its configuration names.
 */
public final class Layout {
    private final boolean seriesLast;
    private final boolean imagesLast;
    private final boolean volumesLast;

    private Layout(String configuration) {
        this.seriesLast = configuration.contains("\"NWC\"");
        this.imagesLast = configuration.contains("\"NHWC\"");
        this.volumesLast = configuration.contains("\"NDHWC\"");
    }

    /** The layout of a network's activations. */
    public static Layout of(Model network) {
        return new Layout(
                network instanceof MultiLayerNetwork layers
                        ? layers.getLayerWiseConfigurations().toJson()
                        : ((ComputationGraph) network).getConfiguration().toJson());
    }

    /** Channel axis of an activation of that network. */
    public int channelAxis(INDArray activation) {
        int rank = activation.rank();
        boolean last = switch (rank) {
            case 3 -> seriesLast;
            case 4 -> imagesLast;
            case 5 -> volumesLast;
            default -> false;
        };
        return last ? rank - 1 : 1;
    }
}
