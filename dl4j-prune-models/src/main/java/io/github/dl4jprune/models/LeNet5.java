package io.github.dl4jprune.models;

import io.github.dl4jprune.models.LayerFactory.Kernel;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A LeNet-5 for MNIST with ReLU and max pooling: 5x5 convolutions of 8 (padded by 2) and 16 channels, dense layers of
 * 128 and 64 units, the output.
 *
 * <p>Layers {@code convolutions.0 .. convolutions.5} (convolution, ReLU, pooling, twice) and {@code classifier.0 ..
 * classifier.4} (dense, ReLU, dense, ReLU, output).
 *
 * @see <a href="https://doi.org/10.1109/5.726791">LeCun et al. (1998)</a>, after which it is named
 */
public record LeNet5() implements Architecture {
    @Override
    public String name() {
        return "lenet5";
    }

    @Override
    public ArrayNaming naming() {
        return ArrayNaming.PYTORCH;
    }

    @Override
    public PixelScale pixels() {
        return PixelScale.UNIT;
    }

    @Override
    public List<Integer> imageShape() {
        return List.of(1, 28, 28);
    }

    @Override
    public MultiLayerNetwork build(ModelOptions options) {
        LayerFactory layers = new LayerFactory(options);
        ListBuilder list = layers.network().list();
        append(
                list,
                "convolutions",
                layers.convolution(8, new Kernel(5, 1, 2)).hasBias(true).build(),
                layers.relu(),
                layers.halve(PoolingType.MAX),
                layers.convolution(16, new Kernel(5, 1, 0)).hasBias(true).build(),
                layers.relu(),
                layers.halve(PoolingType.MAX));
        append(
                list,
                "classifier",
                layers.dense(128).build(),
                layers.relu(),
                layers.dense(64).build(),
                layers.relu(),
                layers.output());
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(28, 28, 1)).build());
        network.init();
        return network;
    }

    private static void append(ListBuilder list, String prefix, Layer... layers) {
        for (int i = 0; i < layers.length; i++) {
            layers[i].setLayerName(prefix + "." + i);
            list.layer(layers[i]);
        }
    }
}
