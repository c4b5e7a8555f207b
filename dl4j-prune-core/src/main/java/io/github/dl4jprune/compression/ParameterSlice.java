package io.github.dl4jprune.compression;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One parameter of one layer as a run of the network's flat parameter vector.
 *
 * @param layer name of the layer or vertex
 * @param parameter its key, such as {@code W}
 * @param start where it begins in the flat vector
 * @param shape its axes; the product is its length
 * @param order {@code 'c'}: the last axis runs fastest through memory; {@code 'f'}: the first
 * @param kind what it is used for
 */
public record ParameterSlice(String layer, String parameter, int start, long[] shape, char order, Kind kind) {
    /** What a parameter is used for, which decides how it is shared. */
    public enum Kind {
        /** Weights of a convolution. */
        CONVOLUTION(0),
        /** Weights of any other layer. */
        DENSE(1),
        /** A vector (bias, scale, shift, running statistic), which is never shared. */
        VECTOR(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The number that stands for it in a file. */
        int code() {
            return code;
        }
    }

    /** Copies the shape. */
    public ParameterSlice {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public int length() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /** Where it ends in the flat vector, exclusive. */
    public int end() {
        return start + length();
    }

    /** Whether it is a tensor of weights rather than a vector. */
    public boolean isWeights() {
        return kind != Kind.VECTOR;
    }

    /** The text by which messages name it: {@code layer "conv1", parameter "W"}. */
    public String text() {
        return "layer \"" + layer + "\", parameter \"" + parameter + "\"";
    }

    /**
     * All parameters of a network, in the order of its flat vector, which they tile without gaps.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @return one slice a parameter
     * @throws IllegalArgumentException if the network has more parameters than an array can hold
     */
    public static List<ParameterSlice> of(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        INDArray flat = view.flatParameters();
        List<ParameterSlice> slices = new ArrayList<>();
        if (flat == null) {
            return slices;
        }
        if (flat.length() > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalArgumentException(
                    "network must have fewer than 2^31 parameters to be compressed, got " + flat.length());
        }
        for (NetworkNode node : view.structure().nodes()) {
            for (Map.Entry<String, INDArray> entry :
                    view.parameters(node.name()).entrySet()) {
                INDArray array = entry.getValue();
                int start = Math.toIntExact(array.offset() - flat.offset());
                slices.add(new ParameterSlice(
                        node.name(), entry.getKey(), start, array.shape(), array.ordering(), kind(node, array)));
            }
        }
        slices.sort(Comparator.comparingInt(ParameterSlice::start));
        requireTiling(slices, flat.length());
        return slices;
    }

    private static void requireTiling(List<ParameterSlice> slices, long length) {
        int expected = 0;
        for (ParameterSlice slice : slices) {
            if (slice.start != expected) {
                throw new IllegalStateException("parameters must tile the flat vector, but " + slice.text()
                        + " starts at " + slice.start + ", not at " + expected);
            }
            expected = slice.end();
        }
        if (expected != length) {
            throw new IllegalStateException("parameters must tile the flat vector, " + length + ", got " + expected);
        }
    }

    private static Kind kind(NetworkNode node, INDArray array) {
        if (Arrays.stream(array.shape()).filter(size -> size > 1).count() < 2) {
            return Kind.VECTOR;
        }
        return node.content() instanceof LayerContent content && unwrapped(content.layer()) instanceof ConvolutionLayer
                ? Kind.CONVOLUTION
                : Kind.DENSE;
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof BaseWrapperLayer wrapper ? unwrapped(wrapper.getUnderlying()) : layer;
    }
}
