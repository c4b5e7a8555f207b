package io.github.dl4jprune.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.junit.jupiter.api.Test;

class SpaceReaderTest {
    @Test
    void lists_are_choices_and_ranges_are_whole_if_both_ends_are() {
        SettingsSpace space = SpaceReader.read(Map.of(
                "criterion", List.of("l1", "l2"),
                "epochs", Map.of("min", 1, "max", 3),
                "sparsity", Map.of("min", 0, "max", 0.5)));

        assertThat(space.getNestedSpaces().get("criterion")).isInstanceOf(DiscreteParameterSpace.class);
        assertThat(space.getNestedSpaces().get("epochs")).isInstanceOf(IntegerParameterSpace.class);
        assertThat(space.getNestedSpaces().get("sparsity")).isInstanceOf(ContinuousParameterSpace.class);
        assertThat(space.numParameters()).isEqualTo(3);
        assertThat(space.collectLeaves()).hasSize(3);
    }

    @Test
    void nested_keys_are_joined_by_dots() {
        SettingsSpace space =
                SpaceReader.read(Map.of("layers", Map.of("conv1", List.of(0.1, 0.2)), "schedule.type", List.of("log")));

        assertThat(space.getNestedSpaces()).containsOnlyKeys("layers.conv1", "schedule.type");
    }

    @Test
    void what_is_neither_is_refused() {
        assertThatThrownBy(() -> SpaceReader.read(Map.of("sparsity", 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("space.sparsity must be a list of values or {min, max}, got 0.5");
        assertThatThrownBy(() -> SpaceReader.read(Map.of("sparsity", Map.of("min", 1, "max", 1))))
                .hasMessage("space.sparsity: min must be below max, got 1 and 1");
        assertThatThrownBy(() -> SpaceReader.read(Map.of()))
                .hasMessage("space must have at least one key that varies, got none");
    }
}
