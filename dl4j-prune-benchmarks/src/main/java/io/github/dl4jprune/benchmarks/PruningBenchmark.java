package io.github.dl4jprune.benchmarks;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.network.NetworkView;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.model.ResNet50;
import org.jspecify.annotations.NullUnmarked;
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
 * Time to analyse and to prune large networks for 224 x 224 images: the channel graph alone, and all of it (L2 scores,
 * selection, surgery) without verification. Run it from the project's root:
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package -Dbench=Pruning
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@NullUnmarked // fields are set by JMH before they are read
public class PruningBenchmark {
    /** Which network. */
    @Param
    public Network network;

    private ComputationGraph built;

    /** The networks. */
    public enum Network {
        /** The zoo's ResNet-50: 25.6 million parameters. */
        RES_NET_50,
        /** 98 concatenations, 20 million parameters. */
        DENSE_NET_201,
        /** DenseNet-121's four blocks with growth 16: 58 concatenations. */
        CONCATENATIONS_58,
        /** Four times as many in every block: 232 concatenations. */
        CONCATENATIONS_232;

        ComputationGraph build() {
            return switch (this) {
                case RES_NET_50 -> ResNet50.builder().numClasses(1000).build().init();
                case DENSE_NET_201 -> DenseChain.denseNet201();
                case CONCATENATIONS_58 -> DenseChain.of(16, 6, 12, 24, 16);
                case CONCATENATIONS_232 -> DenseChain.of(16, 24, 48, 96, 64);
            };
        }
    }

    /** Builds the network and says how many channels there are to follow. */
    @Setup
    public void build() {
        built = network.build();
        ChannelGraph graph = ChannelGraph.of(NetworkView.of(built));
        long positions =
                graph.axes().stream().mapToLong(axis -> axis.ids().length).sum();
        System.out.printf(
                "%s: %d parameters, %d channels, %d positions along parameters%n",
                network, built.numParams(), graph.size(), positions);
    }

    /**
     * Analyses it.
     *
     * @return the channel graph, for JMH to consume
     */
    @Benchmark
    public ChannelGraph channelGraph() {
        return ChannelGraph.of(NetworkView.of(built));
    }

    /**
     * Prunes half of its channels.
     *
     * @return the result, for JMH to consume
     */
    @Benchmark
    public PruningResult<ComputationGraph> prune() {
        return Pruner.of(built).sparsity(0.5).withoutVerification().prune();
    }
}
