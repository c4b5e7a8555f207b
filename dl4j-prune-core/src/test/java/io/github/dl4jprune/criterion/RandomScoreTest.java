package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class RandomScoreTest {
    @Test
    void the_same_seed_and_layer_give_the_same_scores() {
        assertThat(new RandomScore(1).score("conv1", 8).toDoubleVector())
                .containsExactly(new RandomScore(1).score("conv1", 8).toDoubleVector());
    }

    /** "Aa" and "BB" share a hash code; seeds in a row must not repeat each other, shifted by one. */
    @ParameterizedTest
    @CsvSource({"1, conv1, 1, conv2", "1, Aa, 1, BB", "1, conv1, 2, conv1", "0, conv1, 1, conv1"})
    void another_seed_or_layer_shares_no_score(long seed, String layer, long otherSeed, String otherLayer) {
        double[] scores = new RandomScore(seed).score(layer, 50).toDoubleVector();
        double[] others = new RandomScore(otherSeed).score(otherLayer, 50).toDoubleVector();

        assertThat(scores).doesNotContain(others);
    }

    @Test
    void scores_are_uniform_in_zero_to_one() {
        double[] scores = new RandomScore(7).score("conv1", 10_000).toDoubleVector();

        Arrays.sort(scores);

        assertThat(scores[0]).isNotNegative();
        assertThat(scores[scores.length - 1]).isLessThan(1);
        for (int i = 0; i < scores.length; i++) {
            // Kolmogorov-Smirnov: the largest deviation of 10,000 draws exceeds 0.025 once in 100,000 seeds
            assertThat(scores[i]).isCloseTo((double) i / scores.length, within(0.025));
        }
    }

    @Test
    void the_global_generator_stays_untouched() {
        Nd4j.getRandom().setSeed(5);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(5);

        new RandomScore(1).score("conv1", 8);

        assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
    }

    @Test
    void no_channels_are_refused() {
        assertThatThrownBy(() -> new RandomScore(1).score("conv1", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"conv1\": number of channels must be at least 1, got 0");
    }
}
