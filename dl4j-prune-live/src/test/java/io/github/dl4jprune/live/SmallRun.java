package io.github.dl4jprune.live;

import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;

/** A network of 8 and 6 filters, data for it, and listeners that prune it. */
final class SmallRun {
    /** Batches of an epoch. */
    static final int BATCHES = 4;

    private static final int CLASSES = 3;

    private SmallRun() {}

    static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .updater(new Sgd(0.5))
                .list(
                        convolution("first", 8),
                        convolution("second", 6),
                        new OutputLayer.Builder()
                                .name("output")
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build())
                .setInputType(InputType.convolutional(5, 5, 2))
                .build());
        network.init();
        return network;
    }

    private static ConvolutionLayer convolution(String name, int filters) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(filters)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    static DataSetIterator data() {
        Random random = Nd4j.getRandomFactory().getNewRandomInstance(3);
        List<DataSet> examples = new ArrayList<>();
        for (int i = 0; i < 4 * BATCHES; i++) {
            INDArray label = Nd4j.zeros(DataType.DOUBLE, 1, CLASSES);
            label.putScalar(random.nextInt(CLASSES), 1);
            INDArray image = Nd4j.randn(0.5, 2, new long[] {1, 2, 5, 5}, random);
            examples.add(new DataSet(image.castTo(DataType.DOUBLE), label));
        }
        return new ListDataSetIterator<>(examples, 4);
    }

    /** Half of the filters, a quarter of the first layer's, at the end of every epoch up to the sixth; many come back. */
    static SoftPruningListener soft() {
        return new SoftPruningListener.Builder()
                .sparsity(0.5)
                .layer("first", 0.25)
                .limitReturn(false)
                .end(6)
                .build();
    }

    /** 80 % of all weights, 40 % of the first layer's, in four steps. */
    static DynamicPruningListener dynamic() {
        return new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.8)
                .layer("first", 0.4)
                .schedule(new CubicSparsity(0, 0.8, new Steps(ScheduleType.ITERATION, 0, 4, 1)))
                .build();
    }
}
