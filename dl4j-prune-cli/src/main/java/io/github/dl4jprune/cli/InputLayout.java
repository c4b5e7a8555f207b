package io.github.dl4jprune.cli;

import io.github.dl4jprune.datasets.ImageShape;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.storage.SavedModel;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * How a network wants its images.
 *
 * @param format axis order
 * @param flat whether channels, rows and columns are one axis
 */
record InputLayout(CNN2DFormat format, boolean flat) {
    /**
     * The layout of a model's first input.
     *
     * @throws IllegalArgumentException if images of that shape do not fit
     */
    static InputLayout of(SavedModel model, ImageShape images) {
        if (!model.inputShapes().known()) {
            return new InputLayout(formatOfLayers(model.network()), startsDense(model.network()));
        }
        long[] wanted = model.inputShapes().shape(0);
        long[] planes = {images.channels(), images.height(), images.width()};
        long[] pixels = {images.height(), images.width(), images.channels()};
        if (wanted.length == 1 && wanted[0] == images.bytes()) {
            return new InputLayout(CNN2DFormat.NCHW, true);
        }
        boolean asPlanes = Arrays.equals(wanted, planes);
        boolean asPixels = Arrays.equals(wanted, pixels);
        if (asPlanes && asPixels) {
            return new InputLayout(formatOfLayers(model.network()), false);
        }
        if (asPlanes || asPixels) {
            return new InputLayout(asPlanes ? CNN2DFormat.NCHW : CNN2DFormat.NHWC, false);
        }
        throw new IllegalArgumentException(
                "the images are " + images + ", but the network takes " + Arrays.toString(wanted));
    }

    private static CNN2DFormat formatOfLayers(Model network) {
        return NetworkView.of(network).structure().nodes().stream()
                        .map(node -> node.content() instanceof LayerContent layer && isNhwc(layer.layer()))
                        .reduce(false, Boolean::logicalOr)
                ? CNN2DFormat.NHWC
                : CNN2DFormat.NCHW;
    }

    private static boolean isNhwc(Layer layer) {
        return layer instanceof ConvolutionLayer convolution
                        && convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC
                || layer instanceof SubsamplingLayer pooling && pooling.getCnn2dDataFormat() == CNN2DFormat.NHWC
                || layer instanceof BatchNormalization norm && norm.getCnn2DFormat() == CNN2DFormat.NHWC;
    }

    private static boolean startsDense(Model network) {
        return NetworkView.of(network).structure().nodes().stream()
                .filter(node -> node.content() instanceof LayerContent)
                .findFirst()
                .map(node -> (LayerContent) node.content())
                .map(first -> first.layer() instanceof DenseLayer && first.preprocessor() == null)
                .orElse(false);
    }
}
