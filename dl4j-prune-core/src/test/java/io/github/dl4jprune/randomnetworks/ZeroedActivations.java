package io.github.dl4jprune.randomnetworks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The reference for a shrunk network: the full network with channels of some activations set to zero on their way. It knows nothing of
 * parameters, so that a wrong list of parameter slices cannot cancel itself.
 */
public final class ZeroedActivations {
    private final LayerwiseForward forward;
    private final Layout layout;
    private final Map<String, int[]> zeroed;

    private ZeroedActivations(Model network, Map<String, int[]> zeroed) {
        this.forward = LayerwiseForward.of(network);
        this.layout = Layout.of(network);
        this.zeroed = new LinkedHashMap<>(zeroed);
        for (String name : zeroed.keySet()) {
            if (!forward.names().contains(name)) {
                throw new IllegalArgumentException("no layer or vertex \"" + name + "\", only " + forward.names());
            }
        }
    }

    /**
     * A network seen with channels at zero.
     *
     * @param network left unchanged
     * @param zeroed by input, layer or vertex, the channels of its activation to set to zero
     */
    public static ZeroedActivations of(Model network, Map<String, int[]> zeroed) {
        return new ZeroedActivations(network, zeroed);
    }

    /** The network's outputs, in inference mode. */
    public INDArray[] output(INDArray... inputs) {
        LayerwiseForward.Activations activations = run(inputs);
        return forward.outputNames().stream().map(activations::output).toArray(INDArray[]::new);
    }

    /** All activations, in inference mode. */
    public LayerwiseForward.Activations run(INDArray... inputs) {
        return forward.run(inputs, (name, activation) -> {
            int[] channels = zeroed.get(name);
            if (channels != null) {
                for (int channel : channels) {
                    channel(activation, layout.channelAxis(activation), channel).assign(0);
                }
            }
            return activation;
        });
    }

    /** A view of one channel. */
    static INDArray channel(INDArray activation, int axis, int channel) {
        INDArrayIndex[] indexes = new INDArrayIndex[activation.rank()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i == axis ? NDArrayIndex.interval(channel, channel + 1) : NDArrayIndex.all();
        }
        return activation.get(indexes);
    }
}
