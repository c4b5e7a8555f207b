package io.github.dl4jprune.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.PinnedLayer;
import io.github.dl4jprune.channel.PinReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DL4J's zoo at sparsity 0.5: everything but outputs and true barriers halves, and computes the same. */
class ZooTest {
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @EnumSource(names = {"LENET", "SIMPLE_CNN", "SQUEEZE_NET", "TEXT_GENERATION_LSTM"})
    void a_small_network_halves_and_computes_the_same(ZooNetwork network) {
        assertHalved(ZooRun.of(network));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LENET", "SIMPLE_CNN", "SQUEEZE_NET", "TEXT_GENERATION_LSTM", "RES_NET_50"})
    void a_large_network_halves_and_computes_the_same(ZooNetwork network) {
        assertHalved(ZooRun.of(network));
    }

    @Tag("slow")
    @Test
    void resnet_50_loses_65_percent_of_its_multiply_adds() {
        ZooRun run = ZooRun.of(ZooNetwork.RES_NET_50);

        assertHalved(run);
        assertThat(run.macsRemoved()).isGreaterThanOrEqualTo(0.65);
    }

    private static void assertHalved(ZooRun run) {
        assertThat(run.result().unprunable().stream()
                        .collect(Collectors.toMap(PinnedLayer::layer, PinnedLayer::reason)))
                .isEqualTo(run.network().pins());
        assertThat(run.widthsAfter())
                .isEqualTo(halved(run.widthsBefore(), run.network().pins()));
        assertThat(run.spread() / run.scale())
                .as("difference between two examples: without one the comparison would see nothing")
                .isGreaterThan(100 * TOLERANCE);
        assertThat(run.difference()).isLessThanOrEqualTo(TOLERANCE);
    }

    /** Of an odd number of channels the larger half stays. */
    private static Map<String, Long> halved(Map<String, Long> widths, Map<String, PinReason> pins) {
        Map<String, Long> expected = new LinkedHashMap<>();
        widths.forEach((layer, width) -> expected.put(layer, pins.containsKey(layer) ? width : width - width / 2));
        return expected;
    }
}
