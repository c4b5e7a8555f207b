package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * VGG-16 for 32x32 images with batch normalisation: thirteen 3x3 convolutions of {@code width} times 1, 1, 2, 2, 4, 4,
 * 4, 8, 8, 8, 8, 8, 8 channels in five groups, each followed by batch normalisation and ReLU, the groups by max
 * pooling; then two dense layers of {@code 8 width} units and the output.
 *
 * <p>Layers {@code f.0, f.1, f.2, ...} number convolution, batch normalisation, ReLU and pooling together; then {@code
 * fc1, bn, relu1, fc2, relu2, out}. Dropout 0.3 before both dense layers. {@code f.44} does not exist: the fifth
 * pooling, {@code f.43}, leaves a 1x1 image.
 *
 * @param width channels of the first group, at least 1: 64 in the paper, {@value #HALF_WIDTH} in the bundled checkpoint
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan and Zisserman (2014), configuration D</a>
 */
public record Vgg16(int width) implements Architecture {
    /** Half the width of the paper. */
    public static final int HALF_WIDTH = 32;

    private static final List<List<Integer>> GROUPS =
            List.of(List.of(1, 1), List.of(2, 2), List.of(4, 4, 4), List.of(8, 8, 8), List.of(8, 8, 8));
    private static final double KEEP = 0.7;

    /** Checks the width. */
    public Vgg16 {
        if (width < 1) {
            throw new IllegalArgumentException("width must be >= 1, got " + width);
        }
    }

    @Override
    public String name() {
        return "vgg16";
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
    public MultiLayerNetwork build(ModelOptions options) {
        LayerFactory layers = new LayerFactory(options);
        ListBuilder list = layers.network().list();
        Numbered features = new Numbered(list);
        for (List<Integer> group : GROUPS) {
            for (int multiple : group) {
                features.next(layers.convolution(multiple * width, Kernel.THREE).build());
                features.next(layers.batchNorm().build());
                features.next(layers.relu());
            }
            features.next(layers.halve(PoolingType.MAX));
        }
        list.layer(named("fc1", layers.dense(8 * width).dropOut(KEEP).build()))
                .layer(named("bn", layers.batchNorm().build()))
                .layer(named("relu1", layers.relu()))
                .layer(named("fc2", layers.dense(8 * width).dropOut(KEEP).build()))
                .layer(named("relu2", layers.relu()))
                .layer(named("out", layers.output()))
                .setInputType(InputType.convolutional(32, 32, 3));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    private static Layer named(String name, Layer layer) {
        layer.setLayerName(name);
        return layer;
    }

    /** Appends layers named {@code f.0, f.1, ...}. */
    private static final class Numbered {
        private final ListBuilder list;
        private int count;

        Numbered(ListBuilder list) {
            this.list = list;
        }

        void next(Layer layer) {
            list.layer(named("f." + count++, layer));
        }
    }
}
