package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.NormPooling;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent;
import io.github.dl4jprune.randomnetworks.ChannelPoison;
import io.github.dl4jprune.randomnetworks.NetworkOptions;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import io.github.dl4jprune.randomnetworks.ZeroedActivations;
import io.github.dl4jprune.surgery.Surgery;
import io.github.dl4jprune.testing.MaskedTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What must hold for every network, tried on random ones: the same seeds each time, all 500 with {@code -Pfull}. A
 * failure prints the seed and the network.
 */
class RandomNetworkProperties {
    private static final boolean FULL = Boolean.getBoolean("dl4jprune.full");
    private static final int NETWORKS = FULL ? 500 : Integer.getInteger("dl4jprune.networks", 60);
    private static final List<IUpdater> UPDATERS = List.of(
            new Sgd(0.01),
            new Nesterovs(0.01, 0.9),
            new Adam(1e-3),
            new AdaMax(1e-3),
            new Nadam(1e-3),
            new AMSGrad(1e-3),
            new RmsProp(1e-3),
            new AdaGrad(1e-2),
            new AdaDelta());

    private static final int MOST_CHAOTIC = 5;
    private static int chaotic;

    @Provide
    Arbitrary<Long> seeds() {
        int first = Integer.getInteger("dl4jprune.firstNetwork", 0);
        return Arbitraries.longs().between(first, first + NETWORKS - 1L);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void a_shrunk_network_computes_what_the_original_does_with_those_activations_zero(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        NetworkView<Model> view = NetworkView.of(random.network());
        ChannelMask mask = mask(random, view, seed);
        Map<String, int[]> zeroed = new HashMap<>();
        for (NetworkNode node : view.structure().nodes()) {
            mask.graph().outputIds(node.name()).ifPresent(ids -> zeroed.put(node.name(), pruned(mask, ids)));
        }

        INDArray[] actual = random.output(Surgery.shrink(view, mask));

        silenceRecurrence(view, mask);
        INDArray[] expected = ZeroedActivations.of(random.network(), zeroed).output(random.inputs());
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i].sub(expected[i]).norm1Number().doubleValue())
                    .as("%s%nmask %s", random, describe(mask))
                    .isCloseTo(0.0, within(1e-10 * expected[i].length() * scale(expected[i])));
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void masked_and_shrunk_network_stay_equal_over_ten_training_steps(@ForAll("seeds") long seed) {
        IUpdater updater = UPDATERS.get((int) (seed % UPDATERS.size()));
        RandomNetwork random = RandomNetworks.of(
                seed, new NetworkOptions.Builder().updater(updater).build());
        random.fit();
        NetworkView<Model> view = NetworkView.of(random.network());
        ChannelMask mask = mask(random, view, seed);
        Assume.that(NormPooling.reading(view.structure(), mask.graph(), Set.copyOf(mask.classes()))
                .isEmpty()); // DL4J's gradient is 0 / 0 there

        Model small = Surgery.shrink(view, mask);

        try {
            MaskedTraining.assertSameTrajectory(view, small, mask, random::fit, random.inputs(), 10, 1e-8);
        } catch (AssertionError e) {
            if (MaskedTraining.driftByRounding(view, mask, random::fit, random.inputs(), 10) > 1e-9) {
                chaotic++; // neither network is to blame: the masked one strays as far from itself
                assertThat(chaotic)
                        .as("networks that rounding alone drives apart")
                        .isLessThan(MOST_CHAOTIC);
                return;
            }
            throw new AssertionError(updater + " " + random + "\nmask " + describe(mask) + "\n" + e.getMessage(), e);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void poison_in_one_channel_shows_up_where_the_channel_graph_says(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        NetworkView<Model> view = NetworkView.of(random.network());
        ChannelGraph graph = ChannelGraph.of(view);
        List<Integer> classes = graph.groups().stream()
                .map(group -> group.classes().get((int) (seed % group.width())))
                .toList();
        ChannelPoison poison = ChannelPoison.of(random.network(), random.inputs());

        for (int classNumber : classes) {
            ChannelPoison.Reach reach = poison.trace(producers(graph, classNumber));

            for (NetworkNode node : view.structure().nodes()) {
                String place = node.name() + ", class " + classNumber + "\n" + random;
                Set<Integer> outputs =
                        positions(graph, graph.outputIds(node.name()).orElse(new int[0]), classNumber);
                assertReached(
                        "output of " + place,
                        reach.output(node.name()),
                        outputs,
                        behindFlattening(view.structure(), node));
                if (!node.inputs().isEmpty()) {
                    Set<Integer> inputs =
                            positions(graph, graph.inputIds(node.name()).orElse(new int[0]), classNumber);
                    boolean flattened = flattens(node)
                            || node.inputs().stream()
                                    .map(view.structure()::node)
                                    .anyMatch(input -> behindFlattening(view.structure(), input));
                    assertReached("input of " + place, reach.input(node.name()), inputs, flattened);
                }
            }
        }
    }

    /** Where a feature map was flattened, positions that padding filled have nothing to show. */
    private static void assertReached(String place, Set<Integer> reached, Set<Integer> expected, boolean flattened) {
        if (flattened && expected.size() > 1) {
            assertThat(expected).as(place).containsAll(reached);
            assertThat(reached).as(place).isNotEmpty();
        } else {
            assertThat(reached).as(place).isEqualTo(expected);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void pruning_nothing_is_the_identity(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        random.fit();

        Model copy = Surgery.copy(NetworkView.of(random.network()));

        assertThat(copy.params())
                .as(random.description())
                .isEqualTo(random.network().params());
        assertThat(random.output(copy)).as(random.description()).isEqualTo(random.output());
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void shrinking_twice_equals_shrinking_by_both_masks_at_once(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        random.fit();
        NetworkView<Model> view = NetworkView.of(random.network());
        ChannelMask both = mask(random, view, seed);
        ChannelMask first = ChannelMask.ofClasses(
                both.graph(), both.classes().stream().filter(c -> c % 2 == 0).toList());
        Model atOnce = Surgery.shrink(view, both);

        NetworkView<Model> halfway = NetworkView.of(Surgery.shrink(view, first));
        ChannelMask rest = ChannelMask.ofChannels(ChannelGraph.of(halfway), rest(both, first));
        Model stepwise = Surgery.shrink(halfway, rest);

        assertThat(stepwise.params()).as(random.description()).isEqualTo(atOnce.params());
        assertThat(random.output(stepwise)).as(random.description()).isEqualTo(random.output(atOnce));
    }

    private static ChannelMask mask(RandomNetwork random, NetworkView<Model> view, long seed) {
        if (ChannelGraph.of(view).groups().isEmpty()) {
            return ChannelMask.none(ChannelGraph.of(view));
        }
        double sparsity = new SplittableRandom(seed).nextDouble(0.2, 0.95);
        return Pruner.of(random.network())
                .criterion(new RandomScore(seed))
                .sparsity(sparsity)
                .verifyOn(random.inputs())
                .prune()
                .mask();
    }

    /** Whether a vertex flattens before or at this node, layers with weights in between not counted. */
    private static boolean behindFlattening(NetworkStructure structure, NetworkNode node) {
        if (node.content() instanceof NodeContent.VertexContent content
                && content.vertex() instanceof PreprocessorVertex vertex
                && flattens(vertex.getPreProcessor())) {
            return true;
        }
        return !(node.content() instanceof NodeContent.LayerContent content
                        && content.layer() instanceof FeedForwardLayer)
                && node.inputs().stream().map(structure::node).anyMatch(input -> behindFlattening(structure, input));
    }

    private static boolean flattens(NetworkNode node) {
        return node.content() instanceof NodeContent.LayerContent content && flattens(content.preProcessor());
    }

    private static boolean flattens(@Nullable InputPreProcessor preProcessor) {
        return preProcessor instanceof CnnToFeedForwardPreProcessor
                || preProcessor instanceof Cnn3DToFeedForwardPreProcessor;
    }

    /**
     * Within a recurrent layer a unit also speaks to the others: zeroing what the layer puts out is not enough, so the
     * reference forgets the rows of the recurrent weights first.
     */
    private static void silenceRecurrence(NetworkView<Model> view, ChannelMask mask) {
        for (String node : mask.graph().nodesWithUnits()) {
            int[] units = pruned(mask, mask.graph().unitIds(node).orElseThrow());
            view.parameters(node).forEach((key, weights) -> {
                if (key.contains("RW")) {
                    for (int unit : units) {
                        weights.getRow(unit).assign(0.0);
                    }
                }
            });
        }
    }

    private static int[] pruned(ChannelMask mask, int[] ids) {
        return IntStream.range(0, ids.length).filter(i -> mask.prunes(ids[i])).toArray();
    }

    private static double scale(INDArray array) {
        return Math.max(1, array.amaxNumber().doubleValue());
    }

    private static Map<String, int[]> producers(ChannelGraph graph, int classNumber) {
        Map<String, int[]> result = new HashMap<>();
        for (String producer : graph.producers()) {
            Set<Integer> own = positions(graph, graph.outputIds(producer).orElse(new int[0]), classNumber);
            if (!own.isEmpty()) {
                result.put(producer, own.stream().mapToInt(i -> i).toArray());
            }
        }
        return result;
    }

    private static Set<Integer> positions(ChannelGraph graph, int[] ids, int classNumber) {
        Set<Integer> result = new TreeSet<>();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != ParameterAxis.FIXED && graph.classOf(ids[i]) == classNumber) {
                result.add(i);
            }
        }
        return result;
    }

    /** What the second mask prunes beyond the first, in indices of the network that the first leaves over. */
    private static Map<String, int[]> rest(ChannelMask both, ChannelMask first) {
        Map<String, int[]> result = new HashMap<>();
        for (String node : both.graph().nodesWithUnits()) {
            int[] ids = both.graph().unitIds(node).orElseThrow();
            int[] kept = first.kept(ids);
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < kept.length; i++) {
                if (both.prunes(ids[kept[i]])) {
                    indices.add(i);
                }
            }
            if (!indices.isEmpty()) {
                result.put(node, indices.stream().mapToInt(i -> i).toArray());
            }
        }
        return result;
    }

    private static String describe(ChannelMask mask) {
        StringBuilder text = new StringBuilder();
        mask.keptUnits()
                .forEach((node, kept) ->
                        text.append(node).append(Arrays.toString(kept)).append(' '));
        return text.toString();
    }
}
