package io.github.dl4jprune.benchmarks;

import io.github.dl4jprune.compression.Clustering;
import io.github.dl4jprune.compression.Clusters;
import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.compression.CompressedModel;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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

/** Encoding and decoding of a dense layer of 2048 x 2048 (16.8 MB of floats), and clustering of a million weights. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class CompressionBenchmark {
    private static final int WIDTH = 2048;
    private static final int WEIGHTS = 1_000_000;
    private static final int CLUSTERS = 256;

    /** Share of the weights that are not 0. */
    @Param({"0.1", "1"})
    public double density;

    private final float[] weights = new float[WEIGHTS];
    private SavedModel model = new SavedModel(
            new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new LossLayer())
                    .build()),
            null,
            InputShapes.UNKNOWN);
    private SharedModel shared = new SharedModel(java.util.List.of());
    private byte[] encoded = {};

    /** Draws weights, shares and encodes them. */
    @Setup
    public void draw() {
        Random random = new Random(1);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).build())
                .layer(new LossLayer())
                .build());
        network.init();
        Nd4j.getRandom().setSeed(1);
        INDArray all = network.params();
        all.muli(Nd4j.rand(DataType.FLOAT, all.shape()).lt(density).castTo(DataType.FLOAT));
        shared = new SharingPlan.Builder().build().share(network);
        model = new SavedModel(network, null, InputShapes.UNKNOWN);
        encoded = CompressedFile.encode(model, shared);
    }

    /** Shared weights to the bytes of a file. */
    @Benchmark
    public byte[] encode() {
        return CompressedFile.encode(model, shared);
    }

    /** The bytes of a file to float weights. */
    @Benchmark
    public INDArray decode() {
        CompressedModel decoded = CompressedFile.decode(Path.of("memory"), encoded);
        return decoded.weights().flat(DataType.FLOAT);
    }

    /** A million weights to 256 centroids, near the optimum. */
    @Benchmark
    public Clusters cluster() {
        return Clustering.exact().of(weights, CLUSTERS);
    }
}
