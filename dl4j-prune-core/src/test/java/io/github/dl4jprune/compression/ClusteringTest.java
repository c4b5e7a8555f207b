package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.compression.Clustering.Method;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteringTest {
    @Test
    void the_optimum_of_a_small_example_is_found() {
        float[] values = {9, 1, 2, 10, 2, 30};

        Clusters clusters = Clustering.exact().of(values, 3);

        assertThat(clusters.centroids()).containsExactly(5 / 3f, 9.5f, 30);
        assertThat(clusters.assignments()).containsExactly(1, 0, 0, 1, 0, 2);
        assertThat(clusters.squaredError()).isCloseTo(2 / 3.0 + 0.5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void the_exact_method_equals_trying_all_partitions(int k) {
        for (int seed = 0; seed < 20; seed++) {
            float[] values = gaussian(9, seed);
            float[] sorted = values.clone();
            Arrays.sort(sorted);

            Clusters clusters = Clustering.exact().of(values, k);

            assertThat(clusters.squaredError()).isCloseTo(leastError(sorted, 0, k), within(1e-9));
        }
    }

    private static double leastError(float[] sorted, int from, int k) {
        if (k == 1) {
            return error(sorted, from, sorted.length);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int to = from + 1; to <= sorted.length - k + 1; to++) {
            least = Math.min(least, error(sorted, from, to) + leastError(sorted, to, k - 1));
        }
        return least;
    }

    private static double error(float[] sorted, int from, int to) {
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += sorted[i] / (to - from);
        }
        double error = 0;
        for (int i = from; i < to; i++) {
            error += (sorted[i] - mean) * (sorted[i] - mean);
        }
        return error;
    }

    @ParameterizedTest
    @EnumSource(Initialization.class)
    void every_start_ends_in_used_centroids_that_are_the_means_of_their_members(Initialization initialization) {
        float[] values = gaussian(5000, 3);
        values[0] = 40; // leaves most evenly spaced centroids without members

        Clusters clusters = new Clustering(Method.LLOYD, initialization, 1).of(values, 32);

        double[] sums = new double[32];
        int[] counts = new int[32];
        for (int i = 0; i < values.length; i++) {
            sums[clusters.assignments()[i]] += values[i];
            counts[clusters.assignments()[i]]++;
        }
        for (int i = 0; i < 32; i++) {
            assertThat(counts[i]).isPositive();
            assertThat(clusters.centroids()[i]).isCloseTo((float) (sums[i] / counts[i]), within(1e-5f));
        }
        assertThat(clusters.squaredError())
                .isGreaterThanOrEqualTo(Clustering.exact().of(values, 32).squaredError() - 1e-9);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void no_more_centroids_are_made_than_there_are_distinct_values(Method method) {
        Clustering clustering = new Clustering(method, Initialization.LINEAR, 0);

        assertThat(clustering.of(new float[] {-3, -3, -3}, 256).centroids()).containsExactly(-3);
        assertThat(clustering.of(new float[] {-3, -1, -3}, 256).assignments()).containsExactly(0, 1, 0);
    }

    @Test
    void many_values_are_clustered_near_the_optimum() {
        float[] values = gaussian(60_000, 5);

        double near = Clustering.exact().of(values, 128).squaredError();
        double lloyd = Clustering.linear().of(values, 128).squaredError();

        // Panter and Dite (1951): a Gaussian needs at least sqrt(3) pi / 2 / k^2 of its variance
        assertThat(near).isBetween(0.9 * 60_000 * 2.72 / (128 * 128), 1.05 * 60_000 * 2.72 / (128 * 128));
        assertThat(near).isLessThan(lloyd);
    }

    @Test
    void what_cannot_be_clustered_is_refused() {
        assertThatThrownBy(() -> Clustering.linear().of(new float[0], 2))
                .hasMessage("clustering needs at least one value and one cluster, got 0 and 2");
        assertThatThrownBy(() -> Clustering.linear().of(new float[] {1, Float.NaN}, 2))
                .hasMessage("values to cluster must be finite, got NaN");
    }

    private static float[] gaussian(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
