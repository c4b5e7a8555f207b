package io.github.dl4jprune.benchmarks;

import com.sun.management.ThreadMXBean;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What surgery takes in memory beside the network it is given, on Linux: all that the process grew by at most, the heap
 * being resident from the start so that this is native memory, and all that was ever allocated on the heap, live or
 * not. Both in units of the new network's parameters. Run it from the project's root:
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package -Dbench=RES_NET_50 \
 *     -Dbench.main=io.github.dl4jprune.benchmarks.SurgeryMemory -Dbench.jvm="-Xms1g -Xmx1g -XX:+AlwaysPreTouch"
 * }</pre>
 */
public final class SurgeryMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MEGA = 1e6;

    private SurgeryMemory() {}

    /**
     * Measures one network, once: freed memory that the process has kept would hide what a second run takes.
     *
     * @param arguments name of the network, as in {@link PruningBenchmark.Network}
     */
    public static void main(String[] arguments) throws InterruptedException {
        shrinkHalf(DenseChain.of(4, 2, 2)); // code is loaded and compiled before it counts
        NetworkView<ComputationGraph> network =
                NetworkView.of(PruningBenchmark.Network.valueOf(arguments[0]).build());
        ChannelMask mask = half(network);
        System.gc();
        Thread.sleep(1000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = resident();
        AtomicLong peak = new AtomicLong(before);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread sampler = new Thread(() -> sample(peak, running));
        sampler.start();
        long allocatedBefore =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        ComputationGraph small = Surgery.shrink(network, mask);
        long heap = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocatedBefore;
        running.set(false);
        sampler.join();
        double size = small.numParams() * 4.0;
        System.out.printf(
                "%s: new network %.1f MB; native at most %.1f MB (%.2f), heap allocated %.1f MB (%.2f)%n",
                arguments[0],
                size / MEGA,
                (peak.get() - before) / MEGA,
                (peak.get() - before) / size,
                heap / MEGA,
                heap / size);
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

    private static void sample(AtomicLong peak, AtomicBoolean running) {
        while (running.get()) {
            peak.accumulateAndGet(resident(), Math::max);
        }
    }

    private static long resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
