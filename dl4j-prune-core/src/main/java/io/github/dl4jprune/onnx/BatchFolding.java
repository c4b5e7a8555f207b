package io.github.dl4jprune.onnx;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisations that disappear in the layer before them: {@code W' = W s} along the output channels and {@code b' = b
 * s + beta - mean s} with {@code s = gamma / sqrt(variance + epsilon)}. Only where that layer has no activation function
 * and the normalisation is the only reader of what it puts out.
 */
final class BatchFolding {
    /** Which axis of which weights the output channels index. */
    private static final Map<Class<?>, WeightAxis> AXES = Map.of(
            ConvolutionLayer.class, new WeightAxis("W", 0),
            Convolution2D.class, new WeightAxis("W", 0),
            Convolution1D.class, new WeightAxis("W", 2),
            Convolution1DLayer.class, new WeightAxis("W", 2),
            Deconvolution2D.class, new WeightAxis("W", 1),
            SeparableConvolution2D.class, new WeightAxis("pW", 0),
            DepthwiseConvolution2D.class, new WeightAxis("W", 2),
            DenseLayer.class, new WeightAxis("W", 1));

    private record WeightAxis(String key, int axis) {}

    private final NetworkView<? extends Model> network;
    private final Map<String, NetworkNode> normalizationOf = new HashMap<>();

    private BatchFolding(NetworkView<? extends Model> network) {
        this.network = network;
    }

    /** Nothing disappears. */
    static BatchFolding none(NetworkView<? extends Model> network) {
        return new BatchFolding(network);
    }

    /** Whatever can disappear does. */
    static BatchFolding all(NetworkView<? extends Model> network) {
        BatchFolding folding = new BatchFolding(network);
        NetworkStructure structure = network.structure();
        for (NetworkNode node : structure.nodes()) {
            if (normalization(node).isPresent()) {
                NetworkNode before = structure.node(node.inputs().get(0));
                if (foldable(before) && readers(structure, before.name()) == 1) {
                    folding.normalizationOf.put(before.name(), node);
                }
            }
        }
        return folding;
    }

    private static long readers(NetworkStructure structure, String node) {
        long read = structure.nodes().stream()
                .mapToLong(other -> other.inputs().stream().filter(node::equals).count())
                .sum();
        return read + (structure.outputs().contains(node) ? 1 : 0);
    }

    private static Optional<BatchNormalization> normalization(NetworkNode node) {
        return node.content() instanceof LayerContent content
                        && content.preProcessor() == null
                        && unwrapped(content.layer()) instanceof BatchNormalization layer
                ? Optional.of(layer)
                : Optional.empty();
    }

    private static boolean foldable(NetworkNode node) {
        return node.content() instanceof LayerContent content
                && unwrapped(content.layer()) instanceof BaseLayer layer
                && AXES.containsKey(layer.getClass())
                && layer.getActivationFn() instanceof ActivationIdentity
                && !(layer instanceof DenseLayer dense && dense.hasLayerNorm());
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof FrozenLayerWithBackprop frozen ? unwrapped(frozen.getUnderlying()) : layer;
    }

    /** Whether that node is a batch normalisation that has disappeared. */
    boolean folded(String node) {
        return normalizationOf.values().stream()
                .anyMatch(folded -> folded.name().equals(node));
    }

    /** How many have disappeared. */
    int count() {
        return normalizationOf.size();
    }

    /** A node's parameters with what was folded into them. */
    Map<String, INDArray> parameters(NetworkNode node) {
        Map<String, INDArray> parameters = network.parameters(node.name());
        @Nullable NetworkNode after = normalizationOf.get(node.name());
        if (after == null) {
            return parameters;
        }
        BatchNormalization layer = normalization(after).orElseThrow();
        Normalizations.BatchStatistics statistics =
                Normalizations.BatchStatistics.of(layer, network.parameters(after.name()));
        INDArray scale = statistics.scale(layer.getEps());
        Map<String, INDArray> folded = new LinkedHashMap<>(parameters);
        Layer before = unwrapped(((LayerContent) node.content()).layer());
        WeightAxis weights = java.util.Objects.requireNonNull(AXES.get(before.getClass()));
        folded.computeIfPresent(weights.key(), (key, array) -> scaled(array, weights.axis(), scale));
        INDArray shift = statistics.shift(layer.getEps());
        @Nullable INDArray bias = parameters.get("b");
        folded.put(
                "b",
                bias == null
                        ? shift
                        : bias.castTo(DataType.DOUBLE)
                                .reshape(bias.length())
                                .mul(scale)
                                .addi(shift));
        return folded;
    }

    /** Output channels along one axis, or along this and the following ones together (depthwise layers). */
    private static INDArray scaled(INDArray weights, int axis, INDArray scale) {
        long[] shape = new long[weights.rank()];
        java.util.Arrays.fill(shape, 1);
        shape[axis] = weights.size(axis);
        if (scale.length() > weights.size(axis)) {
            shape[axis + 1] = scale.length() / weights.size(axis);
        }
        return weights.castTo(DataType.DOUBLE).mul(scale.reshape('c', shape));
    }

    /** Names of the normalisations that have disappeared. */
    List<String> names() {
        return normalizationOf.values().stream().map(NetworkNode::name).toList();
    }
}
