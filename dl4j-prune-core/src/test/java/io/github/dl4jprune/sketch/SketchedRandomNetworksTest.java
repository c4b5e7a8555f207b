package io.github.dl4jprune.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.randomnetworks.NetworkOptions;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import io.github.dl4jprune.surgery.Surgery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** Half of every group that may be sketched, in random networks of both types. */
class SketchedRandomNetworksTest {
    private static final int NETWORKS = Boolean.getBoolean("dl4jprune.full") ? 300 : 25;

    @Test
    void sketched_networks_run_and_train_and_keep_whatever_lies_elsewhere() {
        int chains = 0;
        int graphs = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork random = RandomNetworks.of(
                    seed, new NetworkOptions.Builder().updater(new Adam(1e-3)).build());
            random.fit();
            NetworkView<Model> view = NetworkView.of(random.network());
            ChannelGraph graph = ChannelGraph.of(view);
            SketchSites sites = new SketchSites(view, graph);
            List<ChannelGroup> groups = graph.groups().stream()
                    .filter(group -> sites.obstacle(group).isEmpty() && group.width() > 1)
                    .toList();
            ChannelMask mask = half(graph, groups);
            NetworkView<Model> reference = NetworkView.of(Surgery.shrink(view, mask));
            NetworkView<Model> small = NetworkView.of(Surgery.shrink(view, mask));

            new SketchedWeights(view, small, mask).write(groups);

            Set<String> touched = touched(view, sites, groups);
            for (NetworkNode node : view.structure().nodes()) {
                if (!touched.contains(node.name())) {
                    assertThat(small.parameters(node.name()))
                            .as("%s of %s", node.name(), random)
                            .isEqualTo(reference.parameters(node.name()));
                }
            }
            INDArray[] expected = random.output();
            INDArray[] actual = random.output(small.model());
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i].shape()).isEqualTo(expected[i].shape());
                assertThat(actual[i].norm1Number().doubleValue())
                        .as("%s", random)
                        .isFinite();
            }
            random.fit(small.model());
            assertThat(small.flatParameters().norm1Number().doubleValue())
                    .as("%s", random)
                    .isFinite();
            chains += random.network() instanceof ComputationGraph ? 0 : groups.size();
            graphs += random.network() instanceof ComputationGraph ? groups.size() : 0;
        }
        assertThat(chains).isGreaterThan(3);
        assertThat(graphs).isGreaterThan(20);
    }

    private static ChannelMask half(ChannelGraph graph, List<ChannelGroup> groups) {
        List<Integer> gone = new ArrayList<>();
        groups.forEach(group -> gone.addAll(group.classes().subList(0, group.width() / 2)));
        return ChannelMask.ofAsManyAs(graph, gone);
    }

    private static Set<String> touched(NetworkView<Model> view, SketchSites sites, List<ChannelGroup> groups) {
        OwnNorms norms = new OwnNorms(view);
        Set<String> touched = new HashSet<>();
        for (ChannelGroup group : groups) {
            touched.add(group.name());
            touched.addAll(sites.readers(group));
            touched.addAll(sites.normsOf(group));
            sites.readers(group)
                    .forEach(reader -> touched.addAll(norms.of(reader).names()));
        }
        return touched;
    }
}
