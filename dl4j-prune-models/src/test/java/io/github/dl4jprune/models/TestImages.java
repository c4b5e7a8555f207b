package io.github.dl4jprune.models;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Consecutive test images, raw pixels, NCHW, with their classes. */
record TestImages(INDArray pixels, List<Integer> classes) {
    private static final int CIFAR_PIXELS = 3 * 32 * 32;
    private static final int MNIST_PIXELS = 28 * 28;

    static TestImages cifar(int from, int count, DataType type) throws IOException {
        double[] pixels = new double[count * CIFAR_PIXELS];
        List<Integer> classes = new ArrayList<>();
        try (InputStream file = Files.newInputStream(Shared.file("data/cifar-10-batches-bin/test_batch.bin"))) {
            file.skipNBytes((long) from * (CIFAR_PIXELS + 1));
            for (int i = 0; i < count; i++) {
                byte[] record = file.readNBytes(CIFAR_PIXELS + 1);
                classes.add((int) record[0]);
                for (int j = 0; j < CIFAR_PIXELS; j++) {
                    pixels[i * CIFAR_PIXELS + j] = record[j + 1] & 0xff;
                }
            }
        }
        return new TestImages(Nd4j.createFromArray(pixels).castTo(type).reshape(count, 3, 32, 32), classes);
    }

    static TestImages mnist(int from, int count, DataType type) throws IOException {
        byte[] images = unzip("data/mnist/t10k-images-idx3-ubyte.gz", 16 + from * MNIST_PIXELS, count * MNIST_PIXELS);
        byte[] labels = unzip("data/mnist/t10k-labels-idx1-ubyte.gz", 8 + from, count);
        double[] pixels = new double[images.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = images[i] & 0xff;
        }
        List<Integer> classes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            classes.add((int) labels[i]);
        }
        return new TestImages(Nd4j.createFromArray(pixels).castTo(type).reshape(count, 1, 28, 28), classes);
    }

    /** The fraction of these images that the network puts into their class. */
    double accuracy(ImportedModel model) {
        int[] predicted = Outputs.of(model, pixels).argMax(1).toIntVector();
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == classes.get(i) ? 1 : 0;
        }
        return (double) right / predicted.length;
    }

    private static byte[] unzip(String name, int from, int count) throws IOException {
        byte[] zipped = Files.readAllBytes(Shared.file(name));
        try (DataInputStream stream = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(zipped)))) {
            stream.skipNBytes(from);
            return stream.readNBytes(count);
        }
    }
}
