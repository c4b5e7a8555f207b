package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class ChannelPoisonTest {
    @Test
    void a_channel_is_followed_through_everything_that_keeps_it_apart() {
        ChannelPoison poison = ChannelPoison.of(HandMade.chain(CNN2DFormat.NCHW), HandMade.images(CNN2DFormat.NCHW));

        ChannelPoison.Reach reach = poison.trace("conv", 1);

        assertThat(reach.outputs().keySet()).containsExactlyInAnyOrder("conv", "norm", "layer2", "pool", "depthwise");
        assertThat(reach.output("pool")).containsExactly(1);
        assertThat(reach.output("depthwise")).containsExactly(2, 3);
        assertThat(reach.input("dense")).containsExactly(8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(reach.inputs()).doesNotContainKey("out");
    }

    @Test
    void channels_last_are_interleaved_when_flattened() {
        ChannelPoison poison = ChannelPoison.of(HandMade.chain(CNN2DFormat.NHWC), HandMade.images(CNN2DFormat.NHWC));

        ChannelPoison.Reach reach = poison.trace("conv", 1);

        assertThat(reach.input("dense")).containsExactly(2, 3, 8, 9, 14, 15, 20, 21);
    }

    @Test
    void sums_and_concatenations_are_followed_and_convolutions_end_the_way() {
        ComputationGraph network = HandMade.graph();
        ChannelPoison poison = ChannelPoison.of(network, HandMade.images(CNN2DFormat.NCHW));

        ChannelPoison.Reach first = poison.trace("a", 2);
        ChannelPoison.Reach third = poison.trace("c", 1);

        assertThat(first.input("b")).containsExactly(2);
        assertThat(first.input("sum", 0)).containsExactly(2);
        assertThat(first.input("sum", 1)).isEmpty();
        assertThat(first.input("d")).containsExactly(2);
        assertThat(third.inputs().keySet()).containsExactlyInAnyOrder("merge", "d");
        assertThat(third.input("d")).containsExactly(4);
    }

    @Test
    void several_channels_at_once_reach_what_each_reaches() {
        ChannelPoison poison = ChannelPoison.of(HandMade.graph(), HandMade.images(CNN2DFormat.NCHW));

        ChannelPoison.Reach reach = poison.trace(Map.of("a", new int[] {0}, "b", new int[] {1}, "c", new int[] {0}));

        assertThat(reach.input("d")).containsExactly(0, 1, 3);
    }

    @Test
    void nan_takes_the_same_way_where_no_function_swallows_it() {
        ChannelPoison poison = ChannelPoison.of(HandMade.graph(), HandMade.images(CNN2DFormat.NCHW));
        Map<String, int[]> poisoned = Map.of("a", new int[] {1});

        assertThat(poison.traceNaN(poisoned)).isEqualTo(poison.trace(poisoned));
    }

    @Test
    void nan_never_goes_where_a_finite_change_does_not() {
        for (long seed = 0; seed < 8; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);
            ChannelPoison poison = ChannelPoison.of(random.network(), random.inputs());
            for (String name : LayerwiseForward.of(random.network()).names()) {
                Map<String, int[]> poisoned = Map.of(name, new int[] {0});

                ChannelPoison.Reach nan = poison.traceNaN(poisoned);
                ChannelPoison.Reach finite = poison.trace(poisoned);

                nan.outputs()
                        .forEach((reached, channels) -> assertThat(finite.output(reached))
                                .as("%s from %s in %s", reached, name, random)
                                .containsAll(channels));
            }
        }
    }
}
