package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A MobileNet-style network for 32x32 images: a stem of 32 channels, then depthwise separable convolutions and three
 * wide ones in front of which a 1x1 convolution expands the channels; batch normalisation and GELU (see {@link Gelu})
 * after every convolution, no residual sums. 537,994 parameters at ten classes.
 *
 * <p>Layers {@code stem.0 .. stem.2}, {@code features.0.0 .. features.0.5} (depthwise, norm, GELU, pointwise, norm,
 * GELU), {@code features.1.0 .. features.1.2} (expansion, norm, GELU), {@code features.1.3.0 .. features.1.3.5}, and so
 * on, {@code pool, fc}. The vertices of a GELU have the suffixes {@code .root, .cube, .slope, .sum, .gate}.
 *
 * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al. (2018), whose expanding blocks it borrows</a>
 */
public record SeparableNet() implements Architecture {
    @Override
    public String name() {
        return "dwsep";
    }

    @Override
    public ArrayNaming naming() {
        return ArrayNaming.PYTORCH;
    }

    @Override
    public PixelScale pixels() {
        return PixelScale.SYMMETRIC;
    }

    @Override
    public List<Integer> imageShape() {
        return List.of(3, 32, 32);
    }

    @Override
    public ComputationGraph build(ModelOptions options) {
        LayerFactory layers = new LayerFactory(options);
        Chain chain = new Chain(layers, InputType.convolutional(32, 32, 3));
        chain.then("stem.0", layers.convolution(32, Kernel.THREE).build())
                .then("stem.1", layers.batchNorm().build());
        Gelu.append(chain, "stem.2");
        separable(layers, chain, "features.0", 64, Kernel.THREE);
        inverted(layers, chain, "features.1", new int[] {256, 128}, Kernel.THREE_HALVING);
        inverted(layers, chain, "features.2", new int[] {512, 128}, Kernel.THREE);
        inverted(layers, chain, "features.3", new int[] {512, 256}, Kernel.THREE_HALVING);
        separable(layers, chain, "features.4", 512, Kernel.THREE_HALVING);
        return chain.then("pool", layers.globalAverage())
                .then("fc", layers.output())
                .build();
    }

    private static void inverted(LayerFactory layers, Chain chain, String name, int[] widths, Kernel kernel) {
        chain.then(name + ".0", layers.convolution(widths[0], Kernel.ONE).build())
                .then(name + ".1", layers.batchNorm().build());
        Gelu.append(chain, name + ".2");
        separable(layers, chain, name + ".3", widths[1], kernel);
    }

    private static void separable(LayerFactory layers, Chain chain, String name, int nOut, Kernel kernel) {
        chain.then(name + ".0", layers.depthwise(kernel))
                .then(name + ".1", layers.batchNorm().build());
        Gelu.append(chain, name + ".2");
        chain.then(name + ".3", layers.convolution(nOut, Kernel.ONE).build())
                .then(name + ".4", layers.batchNorm().build());
        Gelu.append(chain, name + ".5");
    }
}
