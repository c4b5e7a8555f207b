package io.github.dl4jprune.benchmarks;

import com.sun.management.ThreadMXBean;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What surgery takes in memory beside the network it is given, on Linux, in units of the new network's parameters. Run it
 * from the project's root:
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package -Dbench=RES_NET_50 \
 *     -Dbench.main=io.github.dl4jprune.benchmarks.SurgeryMemory -Dbench.jvm="-Xms1g -Xmx1g -XX:+AlwaysPreTouch"
 * }</pre>
 *
 * <p>That gives all that the process grew by at most, the heap being resident from the start so that this is native memory,
 * and all that was ever allocated on the heap, live or not. With {@code -Dbench="RES_NET_50 live"} the garbage collector
 * runs all the time, and what lives on the heap after each collection is added to the native memory of the same moment.
 */
public final class SurgeryMemory {
    private static final double MEGA = 1e6;

    private SurgeryMemory() {}

    /**
     * Measures one network, once: freed memory that the process has kept would hide what a second run takes.
     *
     * @param arguments name of the network, as in {@link PruningBenchmark.Network}, and {@code live} to collect
     */
    public static void main(String[] arguments) throws InterruptedException {
        shrinkHalf(DenseChain.of(4, 2, 2)); // code is loaded and compiled before it counts
        NetworkView<ComputationGraph> network =
                NetworkView.of(PruningBenchmark.Network.valueOf(arguments[0]).build());
        ChannelMask mask = half(network);
        boolean live = arguments.length > 1 && arguments[1].equals("live");
        Growth growth = new Growth(live);
        growth.start();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        ComputationGraph small = Surgery.shrink(network, mask);
        long heap = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        long grown = growth.end();
        double size = small.numParams() * 4.0;
        System.out.printf("%s: new network %.1f MB; ", arguments[0], size / MEGA);
        if (live) {
            try {
                System.out.printf(
                        "native and live heap together at most %.1f MB (%.2f), %.1f MB in the end, %d collections%n",
                        grown / MEGA, grown / size, growth.remaining() / MEGA, growth.samples());
            } finally {
                Reference.reachabilityFence(small);
            }
        } else {
            System.out.printf(
                    "native at most %.1f MB (%.2f), heap allocated %.1f MB (%.2f)%n",
                    grown / MEGA, grown / size, heap / MEGA, heap / size);
        }
    }

    private static void shrinkHalf(ComputationGraph network) {
        NetworkView<ComputationGraph> view = NetworkView.of(network);
        Surgery.shrink(view, half(view));
    }

    /** The first half of every group. */
    private static ChannelMask half(NetworkView<ComputationGraph> network) {
        ChannelGraph graph = ChannelGraph.of(network);
        List<Integer> classes = graph.groups().stream()
                .flatMap(group -> group.classes().subList(0, group.width() / 2).stream())
                .toList();
        return ChannelMask.ofClasses(graph, classes);
    }
}
