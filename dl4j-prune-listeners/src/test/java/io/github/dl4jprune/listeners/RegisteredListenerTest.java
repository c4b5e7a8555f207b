package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.surgery.Surgery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.slf4j.LoggerFactory;

/** Where a listener may stand: before and behind others, on a shrunk network, in another process. */
class RegisteredListenerTest {
    private final List<DataSet> data = SmallNetworks.data(4, 8);

    private static StaticPruningListener half(Granularity granularity) {
        return new StaticPruningListener.Builder()
                .granularity(granularity)
                .sparsity(0.5)
                .build();
    }

    @Test
    void a_listener_registered_earlier_sees_pruned_weights_only_at_zero() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        PruningListener listener = half(Granularity.WEIGHT);
        ZeroWatch earlier = new ZeroWatch(listener, network);
        network.setListeners(earlier);

        listener.attach(network);
        network.fit(data.get(0));

        assertThat(network.getListeners()).containsExactly(listener, earlier);
        assertThat(earlier.largestPruned).containsExactly(0.0);
    }

    @Test
    void a_shrunk_network_that_took_the_listener_over_says_to_remove_it() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        PruningListener listener = half(Granularity.FILTER);
        listener.attach(network);
        ComputationGraph small =
                Surgery.shrink(NetworkView.of(network), listener.channelMask().orElseThrow());

        assertThatThrownBy(() -> small.fit(data.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a shrunk network takes over the listeners of the original, remove this one");
    }

    @Test
    void a_listener_added_behind_another_warns_once() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Listeners.class);
        logger.addAppender(log);

        network.setListeners(new CollectScoresIterationListener(), half(Granularity.WEIGHT));
        network.fit(data.get(0));
        network.fit(data.get(1));
        logger.detachAppender(log);

        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("which may see weights that are about to be pruned; call attach(network)");
    }

    @Test
    void a_serialised_listener_keeps_its_mask_elsewhere() throws IOException, ClassNotFoundException {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        PruningListener listener = half(Granularity.WEIGHT);
        listener.attach(network);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(listener);
        }

        Object read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }
        ComputationGraph other = SmallNetworks.graph(new Adam(0.01));
        other.setListeners((WeightMaskListener) read);
        other.fit(data.get(0));

        assertThat(ZeroWatch.largestPruned(other, listener.weightMask().orElseThrow()))
                .isZero();
    }
}
