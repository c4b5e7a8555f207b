package io.github.dl4jprune.folding;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;

/** Whether a window may reach over the border of what it reads. */
final class Borders {
    private Borders() {}

    static boolean crossedBy(ConvolutionLayer layer) {
        return crossed(layer.getConvolutionMode(), layer.getKernelSize(), layer.getPadding());
    }

    static boolean crossedBy(SubsamplingLayer layer) {
        return crossed(layer.getConvolutionMode(), layer.getKernelSize(), layer.getPadding());
    }

    static boolean crossedBy(Subsampling3DLayer layer) {
        return crossed(layer.getConvolutionMode(), layer.getKernelSize(), layer.getPadding());
    }

    private static boolean crossed(@Nullable ConvolutionMode mode, int[] kernel, int @Nullable [] padding) {
        if (mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal) {
            return Arrays.stream(kernel).anyMatch(size -> size > 1);
        }
        return mode == null || padding == null || Arrays.stream(padding).anyMatch(size -> size != 0);
    }
}
