package io.github.dl4jprune.generation;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a network in which every parameter is its own position among all of them, in DOUBLE, where positions are exact: what surgery makes
 * of it tells where each parameter of a smaller network comes from.
 */
final class NumberedNetwork {
    private final NetworkView<? extends Model> view;

    NumberedNetwork(NetworkView<? extends Model> original) {
        Model network = original.copyWithoutListeners().model(); // a DOUBLE network is not copied when converted
        view = NetworkView.of(
                network instanceof MultiLayerNetwork chain
                        ? (Model) chain.convertDataType(DataType.DOUBLE)
                        : ((ComputationGraph) network).convertDataType(DataType.DOUBLE));
        INDArray flat = view.flatParameters();
        double[] numbers =
                IntStream.range(0, (int) flat.length()).asDoubleStream().toArray();
        flat.assign(Nd4j.createFromArray(numbers).reshape(flat.shape()));
    }

    /** The first position of a parameter; its others follow. */
    int start(String node, String key) {
        INDArray parameter = view.parameters(node).get(key);
        if (parameter == null) {
            throw new IllegalStateException("layer \"" + node + "\", parameter \"" + key + "\": must exist in a copy");
        }
        return parameter.minNumber().intValue();
    }

    /** Where each parameter of the network that the mask leaves comes from. */
    int[] kept(ChannelMask mask) {
        INDArray flat = NetworkView.of(Surgery.shrink(view, mask)).flatParameters();
        return Arrays.stream(flat.reshape(flat.length()).toDoubleVector())
                .mapToInt(position -> (int) position)
                .toArray();
    }
}
