package io.github.dl4jprune.benchmarks;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.sparse.SparseInference;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One layer with zeros in it, through DL4J with oneDNN and through {@link SparseInference}: a dense layer of 4096 x 4096, and
 * a 3 x 3 convolution of 256 to 256 channels on 28 x 28.
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package -Dbench="Sparse -p density=0.1 -p batch=1"
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SparseBenchmark {
    private static final int WIDTH = 4096;
    private static final int CHANNELS = 256;
    private static final int SIZE = 28;

    /** Which layer. */
    @Param
    public Kind layer = Kind.DENSE;

    /** Whether DL4J or ours runs it. */
    @Param
    public Form form = Form.SPARSE;

    /** Share of the weights that are not 0. */
    @Param({"0.09", "0.1", "0.2", "0.3"})
    public double density;

    /** Examples a call. */
    @Param({"1", "8", "64"})
    public int batch;

    private MultiLayerNetwork network = new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder().list().layer(new LossLayer()).build());
    private INDArray input = Nd4j.empty(DataType.FLOAT);

    /** The layers. */
    public enum Kind {
        /** 4096 x 4096. */
        DENSE,
        /** 256 to 256 channels, 3 x 3, 28 x 28. */
        CONVOLUTION
    }

    /** The ways to run them. */
    public enum Form {
        /** DL4J. */
        DL4J,
        /** Sparse layers in place. */
        SPARSE
    }

    /** Draws weights and input. */
    @Setup
    public void draw() {
        OneDnn.enable();
        Nd4j.getRandom().setSeed(1);
        ListBuilder list = new NeuralNetConfiguration.Builder()
                .activation(Activation.IDENTITY)
                .list();
        if (layer == Kind.DENSE) {
            list.layer(new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).build()).layer(new LossLayer());
            input = Nd4j.rand(DataType.FLOAT, batch, WIDTH);
        } else {
            list.layer(new ConvolutionLayer.Builder(3, 3)
                            .nOut(CHANNELS)
                            .convolutionMode(ConvolutionMode.Same)
                            .build())
                    .layer(new CnnLossLayer.Builder().build())
                    .setInputType(InputType.convolutional(SIZE, SIZE, CHANNELS));
            input = Nd4j.rand(DataType.FLOAT, batch, CHANNELS, SIZE, SIZE);
        }
        MultiLayerNetwork dense = new MultiLayerNetwork(list.build());
        dense.init();
        INDArray weights = dense.params();
        weights.muli(Nd4j.rand(DataType.FLOAT, weights.shape()).lt(density).castTo(DataType.FLOAT));
        network = form == Form.DL4J
                ? dense
                : new SparseInference(0).of(dense, input).network();
    }

    /**
     * Runs the network.
     *
     * @return the output, for JMH to consume
     */
    @Benchmark
    public INDArray output() {
        return network.output(input);
    }
}
