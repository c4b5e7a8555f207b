package io.github.dl4jprune.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdStepsTest {
    private static final double[] FLAT = {0, 0, 0};

    @Test
    void the_first_step_goes_down_the_slope_and_by_the_threshold_and_not_below_zero() {
        ThresholdSteps steps = new ThresholdSteps(new double[] {1, 0.25, 0.5}, List.of(new int[] {0, 3}));

        steps.step(new double[] {1, 2, -2}, 0.25, 0.125);

        assertThat(steps.masks()).containsExactly(0.625, 0, 0.875);
    }

    @Test
    void later_steps_go_ahead_by_the_last_one_as_fista_has_it() {
        ThresholdSteps steps = new ThresholdSteps(new double[] {1, 1, 1}, List.of(new int[] {0, 3}));

        steps.step(FLAT, 1, 0.25);
        steps.step(FLAT, 1, 0.25);

        // a: 1, (1 + sqrt 5) / 2 = 1.618034, (1 + sqrt(1 + 4 * 2.618034)) / 2 = 2.193527; y = 0.75 - 0.618034 /
        // 2.193527 * 0.25
        assertThat(steps.masks()[0]).isCloseTo(0.75 - 0.618034 / 2.193527 * 0.25 - 0.25, within(1e-6));
    }

    @Test
    void one_channel_of_every_group_stays() {
        ThresholdSteps steps =
                new ThresholdSteps(new double[] {0.5, 0.75, 0.25, 0.125}, List.of(new int[] {0, 2}, new int[] {2, 2}));

        steps.step(new double[] {0, 0, 0, 0}, 1, 5);

        assertThat(steps.masks()).containsExactly(0, 0.75, 0.25, 0);
    }
}
