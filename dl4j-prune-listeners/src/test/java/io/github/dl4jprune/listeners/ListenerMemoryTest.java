package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.selection.Granularity;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;
import org.slf4j.LoggerFactory;

/** What a listener leaves on the heap. */
class ListenerMemoryTest {
    private static final long ALLOWED = 6_000_000; // 750 bytes for each iteration between the two looks

    @Test
    void ten_thousand_iterations_leave_nothing_behind_in_memory() throws Exception {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Adam(1e-4)),
                new DenseLayer.Builder().nOut(3).build(),
                SmallNetworks.output());
        DataSet batch = new DataSet(
                Nd4j.rand(DataType.DOUBLE, 2, 50),
                SmallNetworks.data(4, 8).get(0).getLabels().getRows(0, 1));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.5)
                .unit(ScheduleType.ITERATION)
                .every(10)
                .end(10_000)
                .build();
        Logger log = (Logger) LoggerFactory.getLogger(PruningListener.class);
        log.setLevel(Level.WARN); // what runs the tests keeps all that is printed
        listener.attach(network);

        for (int i = 0; i < 2_000; i++) {
            network.fit(batch);
        }
        long before = leastUsed(0);
        for (int i = 2_000; i < 10_000; i++) {
            network.fit(batch);
        }
        long after = leastUsed(before + ALLOWED);
        log.setLevel(null);

        assertThat(listener.sparsity()).isCloseTo(0.5, within(0.02));
        assertThat(after - before).isLessThanOrEqualTo(ALLOWED);
    }

    /**
     * The bytes of all live objects, looked for until they are no more than enough, or have not become fewer for ten seconds:
     * ND4J's threads let go of arrays in their own time, on a busy machine late.
     */
    private static long leastUsed(long enough) throws Exception {
        long least = Long.MAX_VALUE;
        for (int quiet = 0; quiet < 20 && least > enough; ) {
            Thread.sleep(500);
            long live = liveBytes();
            quiet = live < least - 10_000 ? 0 : quiet + 1;
            least = Math.min(least, live);
        }
        return least;
    }

    /** The sum below the class histogram, which counts objects; heap in use counts the regions of the collector. */
    private static long liveBytes() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        String sum = histogram.toString().strip().lines().reduce("", (line, next) -> next);
        return Long.parseLong(sum.substring(sum.lastIndexOf(' ') + 1));
    }
}
