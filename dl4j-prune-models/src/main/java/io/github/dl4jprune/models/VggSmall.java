package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A small VGG for 32x32 colour images: 16-16-pool-32-32-pool-64-64-pool, a dense layer of 64 units, the output; 138,554
 * parameters at ten classes. Every convolution is followed by batch normalisation and ReLU.
 *
 * <p>Layers {@code conv1, bn1, relu1, ..., conv6, bn6, relu6}, {@code pool1, pool2, pool3}, {@code fc, relu7, out}.
 * Made for this project: large enough to have something to prune, small enough to train on a laptop.
 */
public record VggSmall() implements Architecture {
    private static final int[] WIDTHS = {16, 16, 32, 32, 64, 64};
    private static final int HIDDEN = 64;

    @Override
    public String name() {
        return "vgg-small";
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
    public MultiLayerNetwork build(ModelOptions options) {
        LayerFactory layers = new LayerFactory(options);
        ListBuilder list = layers.network().list();
        for (int i = 1; i <= WIDTHS.length; i++) {
            add(
                    list,
                    "conv" + i,
                    layers.convolution(WIDTHS[i - 1], Kernel.THREE).build());
            add(list, "bn" + i, layers.batchNorm().build());
            add(list, "relu" + i, layers.relu());
            if (i % 2 == 0) {
                add(list, "pool" + i / 2, layers.halve(PoolingType.MAX));
            }
        }
        add(list, "fc", layers.dense(HIDDEN).build());
        add(list, "relu7", layers.relu());
        add(list, "out", layers.output());
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(32, 32, 3)).build());
        network.init();
        return network;
    }

    private static void add(ListBuilder list, String name, Layer layer) {
        layer.setLayerName(name);
        list.layer(layer);
    }
}
