package io.github.dl4jprune.folding;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/** How a layer with weights hears a constant. */
final class ReaderKind {
    private ReaderKind() {}

    /** Why what the layer hears of a constant is not one value an output, if so. */
    static Optional<String> obstacle(Layer layer) {
        Layer inner = Wrapped.innermost(layer);
        if (inner instanceof LocallyConnected2D) {
            return Optional.of("its weights differ from place to place, its bias does not");
        }
        boolean normalized = (inner instanceof DenseLayer dense && dense.hasLayerNorm())
                || (inner instanceof SimpleRnn recurrent && recurrent.hasLayerNorm());
        if (normalized) {
            return Optional.of("a layer normalisation stands before its bias");
        }
        return isDeconvolution(inner) && inner instanceof ConvolutionLayer strided && anyAboveOne(strided.getStride())
                ? Optional.of("a strided deconvolution spreads a constant unevenly")
                : Optional.empty();
    }

    /** Whether what the layer hears of a constant is the same everywhere. */
    static boolean hearsEvenly(Layer layer) {
        Layer inner = Wrapped.innermost(layer);
        if (!(inner instanceof ConvolutionLayer convolution)) {
            return true;
        }
        // near its border a deconvolution hears fewer taps, padding or not
        return !Borders.crossedBy(convolution) && !(isDeconvolution(inner) && anyAboveOne(convolution.getKernelSize()));
    }

    private static boolean isDeconvolution(Layer layer) {
        return layer instanceof Deconvolution2D || layer instanceof Deconvolution3D;
    }

    private static boolean anyAboveOne(int[] sizes) {
        return Arrays.stream(sizes).anyMatch(size -> size > 1);
    }
}
