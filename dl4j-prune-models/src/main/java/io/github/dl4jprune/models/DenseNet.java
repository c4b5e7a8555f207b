package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The fast DenseNet variant for 32x32 images: three blocks of {@code (depth - 4) / 3} layers, each ReLU and a 3x3
 * convolution of {@code growthRate} channels, concatenated behind everything before it; between blocks a 1x1
 * convolution that keeps the width, average pooling and batch normalisation. No batch normalisation within blocks; raw
 * pixels.
 *
 * <p>Every concatenation is read by an activation layer and by others. DL4J M2.1's {@code feedForward(x, false)}, and
 * {@code output} with {@code WorkspaceMode.NONE}, let that layer write over it and give wrong results from there on;
 * {@code output} in the default workspace mode, and training, do not.
 *
 * <p>Layers: {@code initial_conv2D, batchnormalization_1}, per convolution {@code relu_<n>, convolution2d_<n>,
 * merge_<n>}, per transition {@code convolution2d_<n>, pool_<k>, batchnormalization_<k+1>}, then {@code relu, pool,
 * dense_1}.
 *
 * @param depth {@code 3n + 4} with {@code n >= 1}: 40 is published
 * @param growthRate channels that each layer adds, at least 1: 12 is published
 * @see <a href="https://arxiv.org/abs/1608.06993">Huang et al. (2016)</a>
 * @see <a href="https://github.com/titu1994/DenseNet">the variant and its weights</a>
 */
public record DenseNet(int depth, int growthRate) implements Architecture {
    private static final int BLOCKS = 3;
    private static final int FIRST_WIDTH = 16;

    /** Checks depth and growth rate. */
    public DenseNet {
        if (depth < 7 || depth % 3 != 1) {
            throw new IllegalArgumentException("depth must be 3n + 4 with n >= 1, got " + depth);
        }
        if (growthRate < 1) {
            throw new IllegalArgumentException("growth rate must be >= 1, got " + growthRate);
        }
    }

    @Override
    public String name() {
        return "densenet" + depth;
    }

    @Override
    public ArrayNaming naming() {
        return ArrayNaming.KERAS_1;
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
        LayerFactory layers = new LayerFactory(options);
        Chain chain = new Chain(layers, InputType.convolutional(32, 32, 3))
                .then(
                        "initial_conv2D",
                        layers.convolution(FIRST_WIDTH, Kernel.THREE).build())
                .then("batchnormalization_1", layers.batchNorm().build());
        int each = (depth - 4) / BLOCKS;
        int convolution = 1;
        for (int block = 1; block <= BLOCKS; block++) {
            for (int i = 0; i < each; i++) {
                grow(layers, chain, convolution++);
            }
            if (block < BLOCKS) {
                int width = FIRST_WIDTH + block * each * growthRate;
                chain.then(
                                "convolution2d_" + convolution++,
                                layers.convolution(width, Kernel.ONE).build())
                        .then("pool_" + block, layers.halve(PoolingType.AVG))
                        .then(
                                "batchnormalization_" + (block + 1),
                                layers.batchNorm().build());
            }
        }
        return chain.then("relu", layers.relu())
                .then("pool", layers.globalAverage())
                .then("dense_1", layers.output())
                .build();
    }

    private void grow(LayerFactory layers, Chain chain, int index) {
        String before = chain.end();
        String added = chain.then("relu_" + index, layers.relu())
                .then(
                        "convolution2d_" + index,
                        layers.convolution(growthRate, Kernel.THREE).build())
                .end();
        chain.then("merge_" + index, new MergeVertex(), before, added);
    }
}
