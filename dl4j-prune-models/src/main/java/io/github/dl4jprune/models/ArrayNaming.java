package io.github.dl4jprune.models;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;

/**
 * How a checkpoint names its arrays after the layer they belong to, and in which order it keeps their axes: O and I are
 * output and input channels, H and W height and width, C the channels of a depthwise convolution and M its multiplier.
 * DL4J itself keeps convolutions as OIHW, depthwise ones as HWCM and dense weights as IO.
 */
public enum ArrayNaming {
    /** {@code conv1.weight}, {@code bn1.running_var}; OIHW, depthwise CMHW, dense weights OI. */
    PYTORCH(".weight .bias", ".weight .bias .running_mean .running_var", "OIHW CMHW OI"),
    /** {@code conv2d/kernel:0}, {@code batch_normalization/moving_variance:0}; HWIO, depthwise HWCM, dense weights IO. */
    KERAS("/kernel:0 /bias:0", "/gamma:0 /beta:0 /moving_mean:0 /moving_variance:0", "HWIO HWCM IO"),
    /** {@code convolution2d_1_W}; {@code ..._running_std} holds the variance; OIHW, depthwise CMHW, dense weights IO. */
    KERAS_1("_W _b", "_gamma _beta _running_mean _running_std", "OIHW CMHW IO");

    private static final String WEIGHT_KEYS = "W b";
    private static final String NORM_KEYS = "gamma beta mean var";
    private static final String DL4J_AXES = "OIHW HWCM IO";

    private final String weightSuffixes;
    private final String normSuffixes;
    private final String axes;

    ArrayNaming(String weightSuffixes, String normSuffixes, String axes) {
        this.weightSuffixes = weightSuffixes;
        this.normSuffixes = normSuffixes;
        this.axes = axes;
    }

    /** The name of the array that holds a layer's parameter. */
    String array(BaseLayer layer, String parameter) {
        boolean norm = layer instanceof BatchNormalization;
        int index = words(norm ? NORM_KEYS : WEIGHT_KEYS).indexOf(parameter);
        if (index < 0) {
            throw new IllegalStateException("layer \"" + layer.getLayerName() + "\": no checkpoint array is known for"
                    + " parameter \"" + parameter + "\"");
        }
        return layer.getLayerName()
                + words(norm ? normSuffixes : weightSuffixes).get(index);
    }

    /** For each axis of DL4J's parameter, the axis of the checkpoint's array that holds it. */
    int[] permutation(BaseLayer layer, int rank) {
        if (rank == 1) {
            return new int[] {0};
        }
        int kind = layer instanceof DepthwiseConvolution2D ? 1 : layer instanceof ConvolutionLayer ? 0 : 2;
        return words(DL4J_AXES)
                .get(kind)
                .chars()
                .map(words(axes).get(kind)::indexOf)
                .toArray();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
