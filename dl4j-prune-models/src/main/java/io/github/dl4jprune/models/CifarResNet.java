package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The CIFAR residual network with parameter-free shortcuts (option A): {@code depth = 6n + 2}, three stages of {@code
 * n} blocks with 16, 32 and 64 channels.
 *
 * <p>Layers: {@code conv1, bn1, relu1}, then per stage {@code s} and block {@code i} {@code layer<s>.<i>.conv1, .bn1,
 * .relu1, .conv2, .bn2, .add, .relu2}, then {@code pool, linear}. Where a stage begins, the shortcut halves the image
 * and pads zero channels on both sides; {@code layer<s>.0.shortcut} says the same as a frozen 1x1 convolution of stride
 * 2 with 0/1 weights, through which gradients flow and which neither updater nor weight decay touches.
 *
 * @param depth {@code 6n + 2} with {@code n >= 1}: 20, 32, 44, 56 and 110 are published
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. (2015), section 4.2</a>
 */
public record CifarResNet(int depth) implements Architecture {
    private static final int STAGES = 3;
    private static final int FIRST_WIDTH = 16;

    /** Checks the depth. */
    public CifarResNet {
        if (depth < 8 || depth % 6 != 2) {
            throw new IllegalArgumentException("depth must be 6n + 2 with n >= 1, got " + depth);
        }
    }

    @Override
    public String name() {
        return "resnet" + depth;
    }

    @Override
    public ArrayNaming naming() {
        return ArrayNaming.PYTORCH;
    }

    @Override
    public PixelScale pixels() {
        return PixelScale.IMAGENET;
    }

    @Override
    public List<Integer> imageShape() {
        return List.of(3, 32, 32);
    }

    @Override
    public ComputationGraph build(ModelOptions options) {
        LayerFactory layers = new LayerFactory(options);
        Chain chain = new Chain(layers, InputType.convolutional(32, 32, 3))
                .then("conv1", layers.convolution(FIRST_WIDTH, Kernel.THREE).build())
                .then("bn1", layers.batchNorm().build())
                .then("relu1", layers.relu());
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 0; block < (depth - 2) / 6; block++) {
                block(layers, chain, stage, block);
            }
        }
        ComputationGraph network = chain.then("pool", layers.globalAverage())
                .then("linear", layers.output())
                .build();
        for (int stage = 2; stage <= STAGES; stage++) {
            OptionA.fill(network.getLayer(shortcut(stage)).getParam("W"));
        }
        return network;
    }

    private static void block(LayerFactory layers, Chain chain, int stage, int block) {
        boolean halving = stage > 1 && block == 0;
        String name = "layer" + stage + "." + block;
        String start = chain.end();
        chain.then(
                        name + ".conv1",
                        layers.convolution(width(stage), halving ? Kernel.THREE_HALVING : Kernel.THREE)
                                .build())
                .then(name + ".bn1", layers.batchNorm().build())
                .then(name + ".relu1", layers.relu())
                .then(
                        name + ".conv2",
                        layers.convolution(width(stage), Kernel.THREE).build())
                .then(name + ".bn2", layers.batchNorm().build());
        String end = chain.end();
        String shortcut = halving
                ? chain.from(start)
                        .then(shortcut(stage), fixed(layers, width(stage)))
                        .end()
                : start;
        chain.then(name + ".add", new ElementWiseVertex(ElementWiseVertex.Op.Add), end, shortcut)
                .then(name + ".relu2", layers.relu());
    }

    private static FrozenLayerWithBackprop fixed(LayerFactory layers, int nOut) {
        // the wrapper hands the updater and weight decay of the wrapped layer to the network's updater (M2.1)
        return new FrozenLayerWithBackprop(layers.convolution(nOut, Kernel.ONE_HALVING)
                .l2(0)
                .updater(new NoOp())
                .build());
    }

    private static int width(int stage) {
        return FIRST_WIDTH << (stage - 1);
    }

    private static String shortcut(int stage) {
        return "layer" + stage + ".0.shortcut";
    }
}
