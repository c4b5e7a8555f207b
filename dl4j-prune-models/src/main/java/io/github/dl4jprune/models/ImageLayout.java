package io.github.dl4jprune.models;

import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The axis order in which a network takes its images; a model zip does not state it, its layers do. */
public final class ImageLayout {
    private ImageLayout() {}

    /**
     * The axis order of the first layer that has one; DL4J's networks do not mix them.
     *
     * @param network a {@code ComputationGraph} or {@code MultiLayerNetwork}
     * @return {@code NHWC} if that layer says so, otherwise, or if there is none, {@code NCHW}
     */
    public static CNN2DFormat of(Model network) {
        return layers(network)
                .map(ImageLayout::format)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(CNN2DFormat.NCHW);
    }

    /**
     * Brings images into the axis order of a network.
     *
     * @param images shape {@code [examples, channels, height, width]}, left untouched
     * @param network a {@code ComputationGraph} or {@code MultiLayerNetwork}
     * @return {@code images} itself, or for an NHWC network a copy of shape {@code [examples, height, width, channels]}
     */
    public static INDArray arrange(INDArray images, Model network) {
        return of(network) == CNN2DFormat.NHWC ? images.permute(0, 2, 3, 1).dup('c') : images;
    }

    private static Stream<Layer> layers(Model network) {
        if (network instanceof ComputationGraph graph) {
            return graph.getConfiguration().getVertices().values().stream()
                    .filter(LayerVertex.class::isInstance)
                    .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer());
        }
        return ((MultiLayerNetwork) network)
                .getLayerWiseConfigurations().getConfs().stream().map(each -> each.getLayer());
    }

    private static Optional<CNN2DFormat> format(Layer layer) {
        if (layer instanceof BaseWrapperLayer wrapper) {
            return format(wrapper.getUnderlying());
        }
        if (layer instanceof FrozenLayer frozen) {
            return format(frozen.getLayer());
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return Optional.of(convolution.getCnn2dDataFormat());
        }
        if (layer instanceof SubsamplingLayer pooling) {
            return Optional.of(pooling.getCnn2dDataFormat());
        }
        if (layer instanceof ZeroPaddingLayer padding) {
            return Optional.of(padding.getDataFormat());
        }
        return layer instanceof BatchNormalization norm ? Optional.of(norm.getCnn2DFormat()) : Optional.empty();
    }
}
