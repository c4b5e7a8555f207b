package io.github.dl4jprune.cli;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

/** Small models and data that commands can be tried on. */
public final class Samples {
    /** Records in each of the five training files, and in the test file. */
    public static final int RECORDS = 8;

    private static final int RECORD_BYTES = 1 + 3 * 32 * 32;

    private Samples() {}

    /** conv 8 - batch norm - conv 6 - global pooling - softmax 10, for 32 x 32 images. */
    public static MultiLayerNetwork network(DataType type, CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Sgd(0.01))
                .list()
                .layer(convolution("conv1", 8, format))
                .layer(new BatchNormalization.Builder()
                        .name("bn1")
                        .dataFormat(format)
                        .build())
                .layer(convolution("conv2", 6, format))
                .layer(new GlobalPoolingLayer.Builder().name("pool").build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(32, 32, 3, format))
                .build());
        network.init();
        return network;
    }

    private static ConvolutionLayer convolution(String name, int channels, CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(channels)
                .stride(4, 4)
                .dataFormat(format)
                .activation(Activation.RELU)
                .build();
    }

    public static Path model(Path file) {
        ModelFile.write(
                file,
                new SavedModel(network(DataType.FLOAT, CNN2DFormat.NCHW), null, InputShapes.of(new long[] {3, 32, 32})),
                UpdaterState.SAVED);
        return file;
    }

    /** A folder in CIFAR-10's binary form with {@value #RECORDS} random records a file. */
    public static Path cifar(Path folder) {
        Random random = new Random(1);
        try {
            Files.createDirectories(folder);
            for (int i = 1; i <= 5; i++) {
                Files.write(folder.resolve("data_batch_" + i + ".bin"), records(random));
            }
            Files.write(folder.resolve("test_batch.bin"), records(random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static byte[] records(Random random) {
        byte[] bytes = new byte[RECORDS * RECORD_BYTES];
        random.nextBytes(bytes);
        for (int i = 0; i < RECORDS; i++) {
            bytes[i * RECORD_BYTES] = (byte) random.nextInt(10);
        }
        return bytes;
    }
}
