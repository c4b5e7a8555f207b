package io.github.dl4jprune.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WidthTableTest {
    private static final PruningNetTraining TRAINING = new PruningNetTraining(1, 1, 0.5, 0, 0, 0);

    /** Position 0 goes by the first width, position 1 by the second, position 2 by none. */
    private final WidthTable table = new WidthTable(Nd4j.createFromArray(1.0, 2.0, 3.0), new int[] {0, 1, -1}, 4);

    private final INDArray gradient = Nd4j.createFromArray(1.0, 1.0, 1.0);

    @Test
    void a_position_learns_in_the_row_of_its_own_width_alone() {
        table.learn(List.of(1, 2), gradient, 0.5, TRAINING);

        assertThat(table.values(List.of(1, 2))).isEqualTo(Nd4j.createFromArray(0.5, 1.5, 2.5));
        assertThat(table.values(List.of(2, 1))).isEqualTo(Nd4j.createFromArray(1.0, 2.0, 2.5));
        assertThat(table.values(List.of(1, 3))).isEqualTo(Nd4j.createFromArray(0.5, 2.0, 2.5));
    }

    @Test
    void momentum_is_kept_by_row() {
        table.learn(List.of(1, 1), gradient, 0.5, TRAINING);
        table.learn(List.of(2, 1), gradient, 0.5, TRAINING);

        assertThat(table.values(List.of(1, 1))).isEqualTo(Nd4j.createFromArray(0.5, 0.75, 1.75));
        assertThat(table.values(List.of(2, 1))).isEqualTo(Nd4j.createFromArray(0.5, 0.75, 1.75));
        assertThat(table.values(List.of(3, 1))).isEqualTo(Nd4j.createFromArray(1.0, 0.75, 1.75));
    }
}
