package io.github.dl4jprune.benchmarks;

import io.github.dl4jprune.criterion.Distance;
import io.github.dl4jprune.criterion.GeometricMedian;
import java.util.concurrent.TimeUnit;
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
 * Time to score one layer of 512 filters of 512 x 3 x 3 weights, as in the last stages of VGG-16 and ResNet-34, by
 * {@link GeometricMedian}. Run it from the project's root, with any of JMH's options behind the name:
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package -Dbench="GeometricMedian -p distance=EUCLIDEAN"
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GeometricMedianBenchmark {
    private static final int FILTERS = 512;
    private static final int WEIGHTS = 512 * 3 * 3;

    /** The distance that is summed. */
    @Param
    public Distance distance = Distance.EUCLIDEAN;

    private INDArray weights = Nd4j.empty(DataType.FLOAT);

    /** Draws the layer's weights. */
    @Setup
    public void draw() {
        Nd4j.getRandom().setSeed(1);
        weights = Nd4j.randn(DataType.FLOAT, FILTERS, WEIGHTS);
    }

    /**
     * Scores the layer.
     *
     * @return the scores, for JMH to consume
     */
    @Benchmark
    public INDArray score() {
        return new GeometricMedian(distance).score(weights);
    }
}
