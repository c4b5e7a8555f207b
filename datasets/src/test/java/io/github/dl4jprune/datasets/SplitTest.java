package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void train_is_the_first_nine_tenths() {
        assertThat(Split.TRAIN.of(50_000)).isEqualTo(new Split.Range(0, 45_000));
        assertThat(Split.VALIDATION.of(50_000)).isEqualTo(new Split.Range(45_000, 50_000));
        assertThat(Split.TEST.of(5_000)).isEqualTo(new Split.Range(0, 5_000));
    }

    @Test
    void the_boundary_is_rounded_down() {
        assertThat(Split.TRAIN.of(19)).isEqualTo(new Split.Range(0, 17));
        assertThat(Split.VALIDATION.of(19)).isEqualTo(new Split.Range(17, 19));
    }

    @Property(tries = 200)
    void the_parts_in_files_make_up_the_range(
            @ForAll @LongRange(max = 60) long first, @ForAll @LongRange(max = 60) long second) {
        Split.Range range = Split.VALIDATION.of(first + second);

        Split.Range inFirst = range.within(0, first);
        Split.Range inSecond = range.within(first, second);

        assertThat(inFirst.length() + inSecond.length()).isEqualTo(range.length());
        assertThat(inFirst.from()).isBetween(0L, inFirst.to());
        assertThat(inFirst.to()).isBetween(inFirst.from(), first);
        assertThat(inSecond.to()).isBetween(inSecond.from(), second);
    }

    @Test
    void names_are_those_of_the_command_line() {
        assertThat(Split.parse("validation")).isEqualTo(Split.VALIDATION);
        assertThatThrownBy(() -> Split.parse("valid"))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("split \"valid\": must be one of train, validation, test; did you mean \"validation\"?");
    }
}
