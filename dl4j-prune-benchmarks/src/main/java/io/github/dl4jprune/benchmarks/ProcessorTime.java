package io.github.dl4jprune.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.network.NetworkView;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Processor time of all threads of the process, compilation and garbage collection included, for what {@link
 * PruningBenchmark} and {@link GeometricMedianBenchmark} time: on a machine that other work keeps busy it says more than
 * the clock. An idle core takes no longer than this. Run it from the project's root:
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package \
 *     -Dbench.main=io.github.dl4jprune.benchmarks.ProcessorTime -Dbench="prune RES_NET_50 7"
 * }</pre>
 */
public final class ProcessorTime {
    private static final double NANOS_A_MILLI = 1e6;

    private ProcessorTime() {}

    /**
     * Prints the medians of processor and clock time.
     *
     * @param arguments what to do ({@code graph}, {@code prune} or {@code geometric-median}), the network (any name for
     *     the geometric median), how often; half as often, and twice, before that to warm up
     */
    public static void main(String[] arguments) {
        Runnable work = work(arguments[0], arguments[1]);
        int times = Integer.parseInt(arguments[2]);
        for (int i = 0; i < times / 2 + 2; i++) {
            work.run();
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] processor = new double[times];
        double[] clock = new double[times];
        for (int i = 0; i < times; i++) {
            long processorBefore = system.getProcessCpuTime();
            long before = System.nanoTime();
            work.run();
            clock[i] = (System.nanoTime() - before) / NANOS_A_MILLI;
            processor[i] = (system.getProcessCpuTime() - processorBefore) / NANOS_A_MILLI;
        }
        Arrays.sort(processor);
        Arrays.sort(clock);
        System.out.printf(
                Locale.ROOT,
                "%s: processor %.0f ms, clock %.0f ms%n",
                String.join(" ", arguments),
                processor[times / 2],
                clock[times / 2]);
    }

    private static Runnable work(String what, String name) {
        if (what.equals("geometric-median")) {
            INDArray weights = Nd4j.rand(DataType.FLOAT, 512, 4608);
            return () -> new GeometricMedian().score(weights);
        }
        ComputationGraph network = PruningBenchmark.Network.valueOf(name).build();
        return what.equals("graph")
                ? () -> ChannelGraph.of(NetworkView.of(network))
                : () -> Pruner.of(network).sparsity(0.5).withoutVerification().prune();
    }
}
