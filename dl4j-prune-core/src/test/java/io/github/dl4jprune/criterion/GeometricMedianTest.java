package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GeometricMedianTest {
    @Nested
    class Euclidean extends FilterCriterionContract {
        @Override
        GeometricMedian criterion() {
            return new GeometricMedian();
        }

        // F = [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]
        // python3: [sum(((a - c) ** 2 + (b - d) ** 2) ** .5 for c, d in F) for a, b in F]
        @Test
        void it_is_the_sum_of_distances() {
            double[] scores = criterion().score(Filters.five()).toDoubleVector();

            assertThat(scores)
                    .containsExactly(
                            new double[] {
                                7.5, 7.557169910622611, 7.463080024322235, 18.236944263956868, 6.499213789917798
                            },
                            within(1e-12));
        }

        @Test
        void a_layer_of_several_blocks_scores_as_pair_by_pair() {
            INDArray filters = Filters.random(1, 300, 17);

            assertThat(criterion().score(filters).toDoubleVector())
                    .containsExactly(pairByPair(filters, GeometricMedianTest::euclidean), within(1e-9));
        }

        @Test
        void float_filters_that_differ_in_their_last_digits_keep_their_distances() {
            INDArray near = Nd4j.ones(DataType.DOUBLE, 40, 500)
                    .addi(Filters.random(2, 40, 500).muli(1e-6))
                    .castTo(DataType.FLOAT);

            double[] scores = criterion().score(near).toDoubleVector();
            double[] exact = pairByPair(near, GeometricMedianTest::euclidean);

            for (int i = 0; i < exact.length; i++) {
                assertThat(scores[i]).isCloseTo(exact[i], withinPercentage(1e-4));
            }
        }

        @Test
        void equal_filters_are_at_distance_zero_exactly() {
            INDArray same = Nd4j.ones(DataType.DOUBLE, 5, 1).mmul(Filters.random(4, 1, 33));

            assertThat(criterion().score(same).toDoubleVector()).containsOnly(0.0);
        }
    }

    @Nested
    class CityBlock extends FilterCriterionContract {
        @Override
        GeometricMedian criterion() {
            return new GeometricMedian(Distance.CITY_BLOCK);
        }

        // F = [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]
        // python3: [sum(abs(a - c) + abs(b - d) for c, d in F) for a, b in F]
        @Test
        void it_is_the_sum_of_absolute_differences() {
            double[] scores = criterion().score(Filters.five()).toDoubleVector();

            assertThat(scores).containsExactly(new double[] {9.7, 9.9, 10.1, 25.3, 9.0}, within(1e-12));
        }

        @Test
        void a_layer_of_several_chunks_scores_as_pair_by_pair() {
            INDArray filters = Filters.random(5, 30, 600);

            assertThat(criterion().score(filters).toDoubleVector())
                    .containsExactly(pairByPair(filters, GeometricMedianTest::cityBlock), within(1e-9));
        }

        @Test
        void a_positive_and_a_negative_zero_are_the_same_weight() {
            double[] scores = criterion()
                    .score(Nd4j.createFromArray(new double[][] {{0.0}, {-0.0}, {1}}))
                    .toDoubleVector();

            assertThat(scores).containsExactly(1, 1, 2);
        }

        @Test
        void two_runs_agree_to_the_last_digit() {
            INDArray filters = Filters.random(6, 20, 2000);

            assertThat(criterion().score(filters).toDoubleVector())
                    .containsExactly(criterion().score(filters).toDoubleVector());
        }
    }

    @Nested
    class Cosine extends FilterCriterionContract {
        @Override
        GeometricMedian criterion() {
            return new GeometricMedian(Distance.COSINE);
        }

        // F = [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]; n = lambda a, b: (a * a + b * b) ** .5
        // python3: [sum(1 - (a * c + b * d) / n(a, b) / n(c, d) for c, d in F if n(a, b) * n(c, d)) for a, b in F]
        @Test
        void it_is_the_sum_of_one_minus_the_similarity() {
            double[] scores = criterion().score(Filters.five()).toDoubleVector();

            assertThat(scores).containsExactly(new double[] {0, 1.6, 1.6, 0.64, 0.64}, within(1e-12));
        }

        @Test
        void more_filters_score_as_pair_by_pair() {
            INDArray filters = Filters.random(7, 25, 60);

            assertThat(criterion().score(filters).toDoubleVector())
                    .containsExactly(pairByPair(filters, GeometricMedianTest::cosine), within(1e-11));
        }

        @Test
        void the_length_of_a_filter_does_not_matter() {
            INDArray filters = Filters.random(8, 6, 5);
            INDArray stretched = filters.dup();
            stretched.getRow(2).muli(1000);

            assertThat(criterion().score(stretched).toDoubleVector())
                    .containsExactly(criterion().score(filters).toDoubleVector(), within(1e-12));
        }

        @Test
        void the_filter_least_like_the_others_is_kept() {
            INDArray filters = Nd4j.createFromArray(new double[][] {{1, 0}, {1, 0.1}, {1, -0.1}, {-1, 0}});

            double[] scores = criterion().score(filters).toDoubleVector();

            assertThat(scores[3])
                    .isGreaterThan(scores[0])
                    .isGreaterThan(scores[1])
                    .isGreaterThan(scores[2]);
        }
    }

    private static double[] pairByPair(INDArray filters, ToDoubleBiFunction<double[], double[]> distance) {
        double[][] rows = filters.toDoubleMatrix();
        double[] sums = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (double[] other : rows) {
                sums[i] += distance.applyAsDouble(rows[i], other);
            }
        }
        return sums;
    }

    private static double euclidean(double[] a, double[] b) {
        double squared = 0;
        for (int k = 0; k < a.length; k++) {
            squared += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(squared);
    }

    private static double cityBlock(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += Math.abs(a[k] - b[k]);
        }
        return sum;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        for (int k = 0; k < a.length; k++) {
            product += a[k] * b[k];
        }
        double[] zero = new double[a.length];
        return 1 - product / euclidean(a, zero) / euclidean(b, zero);
    }
}
