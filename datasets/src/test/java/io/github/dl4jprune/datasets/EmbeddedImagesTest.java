package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedImagesTest {
    private static final Map<Split, LabeledImages> SET = new EnumMap<>(Map.of(
            Split.TRAIN, new EmbeddedImages().load(Split.TRAIN),
            Split.VALIDATION, new EmbeddedImages().load(Split.VALIDATION),
            Split.TEST, new EmbeddedImages().load(Split.TEST)));

    private static LabeledImages part(Split split) {
        return Objects.requireNonNull(SET.get(split));
    }

    @Test
    void the_bytes_are_always_the_same() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");

        for (Split split : Split.values()) {
            LabeledImages images = part(split);
            digest.update(images.pixels());
            for (int i = 0; i < images.examples(); i++) {
                digest.update((byte) images.label(i));
            }
        }

        // models in this repository were trained on exactly these bytes: a new value makes them stale
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("235e167eebc1464139596ec3c2cd7019f2e2542e1bc85be2ec194d3dfef5ab3a");
    }

    @Test
    void it_holds_6000_images_for_training_and_1000_for_testing() {
        assertThat(part(Split.TRAIN).examples()).isEqualTo(5_400);
        assertThat(part(Split.VALIDATION).examples()).isEqualTo(600);
        assertThat(part(Split.TEST).examples()).isEqualTo(1_000);
        assertThat(part(Split.TEST).shape()).isEqualTo(new ImageShape(3, 32, 32));
    }

    @ParameterizedTest
    @EnumSource
    void every_class_appears_equally_often(Split split) {
        LabeledImages images = part(split);
        int[] counts = new int[10];

        for (int i = 0; i < images.examples(); i++) {
            counts[images.label(i)]++;
        }

        assertThat(counts).containsOnly(images.examples() / 10);
    }

    @Test
    void classes_are_named_after_their_figures() {
        assertThat(part(Split.TEST).classNames())
                .containsExactly(
                        "disc", "ring", "square", "frame", "triangle", "cross", "star", "stripes", "checks", "dots");
    }

    @Test
    void no_two_images_are_equal_across_the_splits() {
        LabeledImages train = part(Split.TRAIN);
        LabeledImages validation = part(Split.VALIDATION);
        LabeledImages test = part(Split.TEST);

        long distinct = Stream.of(train, validation, test)
                .flatMap(images -> IntStream.range(0, images.examples())
                        .mapToObj(i -> ByteBuffer.wrap(images.pixels(), images.offset(i), 3072)
                                .slice()))
                .distinct()
                .count();

        assertThat(distinct).isEqualTo(7_000);
    }

    @Test
    void colours_carry_no_class() {
        LabeledImages train = part(Split.TRAIN);
        double[][] sums = new double[10][3];

        for (int i = 0; i < train.examples(); i++) {
            double[] means = train.slice(i, i + 1).channelMeans();
            for (int channel = 0; channel < 3; channel++) {
                sums[train.label(i)][channel] += means[channel];
            }
        }

        // the mean of 540 images, each with a standard deviation below 65, strays by at most 4 x 65 / sqrt(540) = 11.2
        for (double[] sum : sums) {
            for (double channel : sum) {
                assertThat(channel / 540).isBetween(127.5 - 11.2, 127.5 + 11.2);
            }
        }
    }
}
