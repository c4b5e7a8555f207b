package io.github.dl4jprune.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FrequentDirectionsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_direction_loses_more_than_the_guarantee_over_random_matrices(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 10; round++) {
            int columns = random.nextInt(1, 30);
            INDArray matrix = matrix(random.nextInt(1, 60), columns, random.nextInt(1, columns + 1), random.nextLong());
            int size = random.nextInt(1, 40);

            double[] lost = lostByDirection(matrix, FrequentDirections.sketch(matrix, size));

            double energy = square(matrix);
            assertThat(max(lost)).isLessThanOrEqualTo(2 * energy / size + 1e-10 * energy);
            assertThat(-min(lost)).isLessThanOrEqualTo(1e-10 * energy);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 150", "300, 160"})
    void the_guarantee_holds_where_the_eigenvectors_of_the_linear_algebra_library_do_not(int rows, int size) {
        INDArray matrix = matrix(rows, 20, 20, 7);

        double[] lost = lostByDirection(matrix, FrequentDirections.sketch(matrix, size));

        assertThat(max(lost)).isLessThanOrEqualTo(2 * square(matrix) / size);
        assertThat(min(lost)).isGreaterThanOrEqualTo(-1e-10 * square(matrix));
    }

    // A = diag(3, 2, 1) to 2 rows: 3 and 2 fill them; k = max(1, 2 - 1), δ = 4 leaves sqrt(9 - 4) and room for the last
    // row
    @Test
    void the_sketch_of_a_diagonal_matrix_is_what_it_is_by_hand() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{3, 0, 0}, {0, 2, 0}, {0, 0, 1}});

        INDArray sketch = FrequentDirections.sketch(matrix, 2);

        assertThat(sketch.toDoubleMatrix()).isDeepEqualTo(new double[][] {{Math.sqrt(5), 0, 0}, {0, 0, 1}});
    }

    // three rows fill it, k = max(3 / 2, 3 - 2): one turned row stays, and the two that are left follow
    @Test
    void rows_behind_the_turn_stand_as_they_came() {
        INDArray matrix = matrix(5, 3, 3, 1);

        INDArray sketch = FrequentDirections.sketch(matrix, 3);

        assertThat(sketch.getRow(1)).isEqualTo(matrix.getRow(3));
        assertThat(sketch.getRow(2)).isEqualTo(matrix.getRow(4));
        assertThat(max(sketch.getRow(0).toDoubleVector())).isEqualTo(maxAbsolute(sketch.getRow(0)));
    }

    @ParameterizedTest
    @CsvSource({"64, 39", "16, 8", "30, 29", "100, 3", "9, 1"})
    void no_row_is_zero_where_the_rows_span_enough(int rows, int size) {
        INDArray sketch = FrequentDirections.sketch(matrix(rows, 70, 70, 3), size);

        assertThat(sketch.norm2(1).minNumber().doubleValue()).isPositive();
    }

    @Test
    void as_many_rows_as_there_are_come_back_themselves() {
        INDArray matrix = matrix(4, 6, 6, 5);

        INDArray sketch = FrequentDirections.sketch(matrix, 5);

        assertThat(sketch.getRows(0, 1, 2, 3)).isEqualTo(matrix);
        assertThat(sketch.getRow(4).norm2Number().doubleValue()).isZero();
    }

    @Test
    void nothing_is_lost_where_half_the_rows_are_as_many_as_the_columns() {
        INDArray matrix = matrix(50, 4, 4, 11);

        double[] lost = lostByDirection(matrix, FrequentDirections.sketch(matrix, 8));

        assertThat(max(lost)).isCloseTo(0, within(1e-10 * square(matrix)));
    }

    @Test
    void zeros_stay_zeros() {
        INDArray sketch = FrequentDirections.sketch(Nd4j.zeros(DataType.DOUBLE, 9, 4), 3);

        assertThat(sketch).isEqualTo(Nd4j.zeros(DataType.DOUBLE, 3, 4));
        assertThat(FrequentDirections.withoutZeroRows(sketch)).isEqualTo(sketch);
    }

    @Test
    void the_data_type_stays_and_the_rows_are_left_alone() {
        INDArray matrix = matrix(12, 5, 5, 2).castTo(DataType.FLOAT);
        INDArray before = matrix.dup();

        INDArray sketch = FrequentDirections.sketch(matrix, 4);

        assertThat(sketch.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(matrix).isEqualTo(before);
    }

    @Test
    void zero_rows_are_filled_without_any_direction_changing() {
        INDArray sketch = Nd4j.createFromArray(new double[][] {{0, 0}, {3, 4}, {0, 0}, {1, 0}});

        INDArray filled = FrequentDirections.withoutZeroRows(sketch);

        assertThat(filled.norm2(1).minNumber().doubleValue()).isPositive();
        assertThat(max(lostByDirection(sketch, filled))).isCloseTo(0, within(1e-12));
        assertThat(min(lostByDirection(sketch, filled))).isCloseTo(0, within(1e-12));
    }

    @Test
    void what_cannot_be_sketched_is_refused() {
        assertThatThrownBy(() -> FrequentDirections.sketch(Nd4j.ones(2, 2), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sketch size must be at least 1, got 0");
        assertThatThrownBy(() -> FrequentDirections.sketch(Nd4j.createFromArray(new double[][] {{Double.NaN}}), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows to sketch must be a matrix of finite values");
    }

    /** Of that rank. */
    private static INDArray matrix(int rows, int columns, int rank, long seed) {
        return gaussian(rows, rank, seed).mmul(gaussian(rank, columns, seed + 1));
    }

    private static INDArray gaussian(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[] values = random.doubles((long) rows * columns)
                .map(ignored -> random.nextGaussian())
                .toArray();
        return Nd4j.createFromArray(values).reshape(rows, columns);
    }

    /** Eigenvalues of AᵀA - BᵀB. */
    private static double[] lostByDirection(INDArray matrix, INDArray sketch) {
        INDArray lost = matrix.transpose().mmul(matrix).subi(sketch.transpose().mmul(sketch));
        INDArray symmetric = lost.add(lost.transpose()).muli(0.5);
        return new EigenDecomposition(new Array2DRowRealMatrix(symmetric.toDoubleMatrix(), false)).getRealEigenvalues();
    }

    private static double square(INDArray matrix) {
        return matrix.mul(matrix).sumNumber().doubleValue();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double maxAbsolute(INDArray row) {
        return Arrays.stream(row.toDoubleVector()).map(Math::abs).max().orElseThrow();
    }
}
