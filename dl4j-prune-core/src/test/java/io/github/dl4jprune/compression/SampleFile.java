package io.github.dl4jprune.compression;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

/** A small compressed file with everything in it that the format knows. */
final class SampleFile {
    private SampleFile() {}

    /** Sections: configuration, normaliser, shapes, and the layers conv, dense and output in all three encodings. */
    static byte[] bytes() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("conv").nOut(8).build())
                .layer(new DenseLayer.Builder().name("dense").nOut(20).build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
        network.init();
        INDArray all = network.params();
        INDArray half =
                Nd4j.linspace(0, 1, all.length(), all.dataType()).gt(0.4).castTo(all.dataType());
        all.muli(Nd4j.rand(all.shape())
                .gt(0.7)
                .castTo(all.dataType())
                .mul(half.reshape(all.shape()))
                .add(half.rsub(1).reshape(all.shape())));
        SharedModel shared = new SharingPlan.Builder()
                .convolutionBits(3)
                .denseBits(3)
                .build()
                .share(network);
        return CompressedFile.encode(
                new SavedModel(network, new ImagePreProcessingScaler(0, 1), InputShapes.of(new long[] {2, 6, 6})),
                shared);
    }
}
