package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every criterion on weights must do; extend it and supply the criterion. */
abstract class FilterCriterionContract {
    private static final int[] ORDER = {3, 0, 6, 2, 5, 1, 4};

    abstract FilterCriterion criterion();

    /** How far apart the scores of equal filters may be. */
    double duplicateTolerance() {
        return 1e-12;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scores_are_one_a_filter_finite_and_not_negative(long seed) {
        INDArray scores = criterion().score(Filters.random(seed, 7, 5));

        assertThat(scores.shape()).containsExactly(7);
        assertThat(scores.dataType()).isEqualTo(DataType.DOUBLE);
        for (double score : scores.toDoubleVector()) {
            assertThat(score).isFinite().isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "DOUBLE"})
    void the_filters_stay_untouched(DataType type) {
        INDArray filters = Filters.random(1, 7, 5).castTo(type);
        INDArray before = filters.dup();

        criterion().score(filters);

        assertThat(filters.toDoubleMatrix()).isDeepEqualTo(before.toDoubleMatrix());
    }

    @Test
    void reordered_filters_have_reordered_scores() {
        INDArray filters = Filters.random(2, 7, 5);
        filters.putRow(4, Nd4j.zeros(DataType.DOUBLE, 5));

        double[] scores = criterion().score(filters).toDoubleVector();
        double[] reordered = criterion().score(Nd4j.pullRows(filters, 1, ORDER)).toDoubleVector();

        for (int i = 0; i < ORDER.length; i++) {
            assertThat(reordered[i]).isCloseTo(scores[ORDER[i]], within(1e-12));
        }
    }

    @Test
    void equal_filters_score_equal() {
        INDArray filters = Filters.random(3, 7, 5);
        filters.putRow(5, filters.getRow(1).dup());

        INDArray scores = criterion().score(filters);

        assertThat(scores.getDouble(5)).isCloseTo(scores.getDouble(1), within(duplicateTolerance()));
    }

    @Test
    void float_and_double_agree() {
        INDArray inFloat = Filters.random(4, 7, 300).castTo(DataType.FLOAT);

        INDArray scores = criterion().score(inFloat);
        INDArray exact = criterion().score(inFloat.castTo(DataType.DOUBLE));

        assertThat(scores.dataType()).isEqualTo(DataType.FLOAT);
        for (int i = 0; i < 7; i++) {
            assertThat(scores.getDouble(i)).isCloseTo(exact.getDouble(i), withinPercentage(1e-5));
        }
    }

    @Test
    void filters_of_zeros_score_finite_numbers() {
        INDArray oneZero = Filters.random(5, 3, 4);
        oneZero.putRow(1, Nd4j.zeros(DataType.DOUBLE, 4));

        double[] among = criterion().score(oneZero).toDoubleVector();
        double[] alone = criterion().score(Nd4j.zeros(DataType.DOUBLE, 3, 4)).toDoubleVector();

        for (int i = 0; i < 3; i++) {
            assertThat(among[i]).isFinite().isNotNegative();
            assertThat(alone[i]).isFinite().isNotNegative();
        }
    }

    @Test
    void a_single_filter_has_one_score() {
        assertThat(criterion().score(Filters.random(6, 1, 4)).toDoubleVector()).hasSize(1);
        assertThat(criterion().score(Filters.random(6, 4, 1)).toDoubleVector()).hasSize(4);
    }

    @Test
    void a_view_in_another_order_scores_like_its_copy() {
        INDArray wide = Filters.random(7, 9, 8).dup('f');
        INDArray view = wide.transpose().get(NDArrayIndex.interval(1, 7), NDArrayIndex.interval(2, 2, 9));

        double[] ofView = criterion().score(view).toDoubleVector();
        double[] ofCopy = criterion().score(view.dup('c')).toDoubleVector();

        assertThat(ofView).containsExactly(ofCopy, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_weight_that_is_no_number_is_refused(double weight) {
        INDArray filters = Filters.random(8, 4, 3);
        filters.putScalar(2, 1, weight);

        assertThatThrownBy(() -> criterion().score(filters)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anything_but_rows_is_refused() {
        assertThatThrownBy(() -> criterion().score(Nd4j.ones(DataType.DOUBLE, 2, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filters must have the shape [channels, values], at least 1 each, got [2, 3, 4]");
    }

    @Test
    void whole_numbers_are_refused() {
        assertThatThrownBy(() -> criterion().score(Nd4j.ones(DataType.INT32, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filters must be FLOAT or DOUBLE, got INT");
    }
}
