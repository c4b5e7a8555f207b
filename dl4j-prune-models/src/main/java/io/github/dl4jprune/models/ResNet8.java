package io.github.dl4jprune.models;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The image classification network of MLPerf Tiny: three residual stages of one block with 16, 32 and 64 channels,
 * trained 1x1 shortcuts, convolutions with biases, raw pixels. Padding and names are those of the Keras original:
 * {@code conv2d, batch_normalization, activation, conv2d_1, ..., dense}.
 *
 * @see <a href="https://arxiv.org/abs/2106.07597">Banbury et al. (2021), MLPerf Tiny Benchmark</a>
 */
public record ResNet8() implements Architecture {
    @Override
    public String name() {
        return "resnet8";
    }

    @Override
    public ArrayNaming naming() {
        return ArrayNaming.KERAS;
    }

    @Override
    public PixelScale pixels() {
        return PixelScale.RAW;
    }

    @Override
    public List<Integer> imageShape() {
        return List.of(3, 32, 32);
    }

    @Override
    public ComputationGraph build(ModelOptions options) {
        Parts parts = new Parts(new LayerFactory(options));
        parts.convolution(0, 16, 3, 1).norm(0).relu(0);
        String start = parts.chain.end();
        parts.convolution(1, 16, 3, 1).norm(1).relu(1).convolution(2, 16, 3, 1).norm(2);
        parts.add("add", start, parts.chain.end()).relu(2);
        stage(parts, 1, 32);
        stage(parts, 2, 64);
        return parts.chain
                .then("average_pooling2d", parts.layers.globalAverage())
                .then("dense", parts.layers.output())
                .build();
    }

    /** Stages 2 and 3: the first convolution and the shortcut halve the image. */
    private static void stage(Parts parts, int index, int width) {
        int first = 3 * index;
        int norm = 1 + 2 * index;
        String start = parts.chain.end();
        parts.convolution(first, width, 3, 2)
                .norm(norm)
                .relu(norm)
                .convolution(first + 1, width, 3, 1)
                .norm(norm + 1);
        String end = parts.chain.end();
        parts.chain.from(start);
        String shortcut = parts.convolution(first + 2, width, 1, 2).chain.end();
        parts.add("add_" + index, shortcut, end).relu(norm + 1);
    }

    /** Keras counts the layers of each kind: {@code conv2d, conv2d_1, conv2d_2, ...}. */
    private static final class Parts {
        private final LayerFactory layers;
        private final Chain chain;

        Parts(LayerFactory layers) {
            this.layers = layers;
            this.chain = new Chain(layers, InputType.convolutional(32, 32, 3));
        }

        Parts convolution(int index, int nOut, int size, int stride) {
            chain.then(
                    numbered("conv2d", index),
                    layers.convolutionSame(nOut, size, stride).build());
            return this;
        }

        Parts norm(int index) {
            chain.then(
                    numbered("batch_normalization", index),
                    layers.batchNorm().eps(1e-3).decay(0.99).build());
            return this;
        }

        Parts relu(int index) {
            chain.then(numbered("activation", index), layers.relu());
            return this;
        }

        Parts add(String name, String left, String right) {
            chain.then(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
            return this;
        }

        private static String numbered(String kind, int index) {
            return index == 0 ? kind : kind + "_" + index;
        }
    }
}
