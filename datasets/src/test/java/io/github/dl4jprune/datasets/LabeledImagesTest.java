package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabeledImagesTest {
    private static final ImageShape SHAPE = new ImageShape(2, 2, 3);

    private final LabeledImages images = Samples.counting(30, SHAPE);

    @Test
    void pixels_lie_in_planes_row_by_row_and_are_unsigned() {
        assertThat(images.pixel(0, 1, 1, 2)).isEqualTo(11);
        assertThat(images.pixel(20, 0, 1, 0)).isEqualTo(243);
    }

    @Test
    void a_slice_numbers_its_examples_from_zero() {
        LabeledImages slice = images.slice(10, 20).slice(1, 4);

        assertThat(slice.examples()).isEqualTo(3);
        assertThat(slice.label(0)).isEqualTo(images.label(11));
        assertThat(slice.pixel(2, 1, 0, 1)).isEqualTo(images.pixel(13, 1, 0, 1));
    }

    @Test
    void a_slice_does_not_reach_beyond_its_end() {
        LabeledImages slice = images.slice(10, 20);

        assertThatThrownBy(() -> slice.label(10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void take_takes_what_there_is() {
        assertThat(images.take(7).examples()).isEqualTo(7);
        assertThat(images.take(31).examples()).isEqualTo(30);
        assertThatThrownBy(() -> images.take(0)).hasMessage("examples: must be >= 1, got 0");
    }

    @Test
    void later_changes_to_the_arrays_do_not_show() {
        byte[] pixels = new byte[6];
        int[] labels = {0};
        LabeledImages one = LabeledImages.of(new ImageShape(1, 2, 3), List.of("a", "b"), pixels, labels);

        pixels[0] = 9;
        labels[0] = 1;

        assertThat(one.pixel(0, 0, 0, 0)).isZero();
        assertThat(one.label(0)).isZero();
    }

    @Test
    void channel_means_are_those_of_the_slice() {
        // example 1 holds the bytes 12..17 in channel 0 and 18..23 in channel 1
        assertThat(images.slice(1, 2).channelMeans()).containsExactly(14.5, 20.5);
        assertThat(images.slice(1, 1).channelMeans()).containsExactly(0, 0);
    }

    @Test
    void lengths_must_agree() {
        assertThatThrownBy(() -> LabeledImages.of(SHAPE, List.of("a"), new byte[23], new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: 2 examples of 2 x 2 x 3 need 24 bytes, got 23");
    }

    @Test
    void labels_must_name_a_class() {
        assertThatThrownBy(() -> LabeledImages.of(SHAPE, List.of("a", "b"), new byte[12], new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: label must be in [0, 2), got 2");
    }

    @Test
    void a_shape_has_no_empty_side() {
        assertThatThrownBy(() -> new ImageShape(3, 0, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image shape: every size must be >= 1, got 3 x 0 x 32");
    }

    @Test
    void text_says_what_it_holds() {
        assertThat(images).hasToString("LabeledImages(30 examples of 2 x 2 x 3, 3 classes)");
    }
}
