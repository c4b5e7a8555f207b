package io.github.dl4jprune.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.live.Curve.Merge;
import org.junit.jupiter.api.Test;

class CurveTest {
    private final Curve curve = new Curve(4, Merge.LAST, Merge.MEAN);

    @Test
    void rows_are_kept_as_they_come_while_there_is_room() {
        curve.add(1, 10);
        curve.add(2, 20);
        curve.add(3, 40);

        assertThat(curve.rows()).isDeepEqualTo(new double[][] {{1, 10}, {2, 20}, {3, 40}});
    }

    @Test
    void neighbours_become_one_when_all_rows_are_taken() {
        for (int i = 1; i <= 4; i++) {
            curve.add(i, 10 * i);
        }

        assertThat(curve.rows()).isDeepEqualTo(new double[][] {{2, 15}, {4, 35}});
    }

    @Test
    void a_row_that_is_not_full_yet_is_shown_with_what_it_has() {
        for (int i = 1; i <= 5; i++) {
            curve.add(i, 10 * i);
        }

        assertThat(curve.rows()).isDeepEqualTo(new double[][] {{2, 15}, {4, 35}, {5, 50}});
    }

    @Test
    void however_many_come_each_row_stands_for_equally_many_of_them() {
        for (int i = 1; i <= 1000; i++) {
            curve.add(i, i);
        }

        // 512 a row would be too few rows for 1000, so 256: means of 1..256, 257..512, 513..768 and 769..1000
        assertThat(curve.rows())
                .isDeepEqualTo(new double[][] {{256, 128.5}, {512, 384.5}, {768, 640.5}, {1000, 884.5}});
    }

    @Test
    void what_is_no_number_spoils_its_own_row_alone() {
        curve.add(1, Double.NaN);
        curve.add(2, 2);
        curve.add(3, 3);
        curve.add(4, 5);

        assertThat(curve.rows()[0]).containsExactly(2, Double.NaN);
        assertThat(curve.rows()[1]).containsExactly(4, 4);
    }

    @Test
    void what_was_read_does_not_change_later() {
        curve.add(1, 10);
        double[][] read = curve.rows();

        for (int i = 2; i <= 9; i++) {
            curve.add(i, i);
        }

        assertThat(read).isDeepEqualTo(new double[][] {{1, 10}});
    }
}
