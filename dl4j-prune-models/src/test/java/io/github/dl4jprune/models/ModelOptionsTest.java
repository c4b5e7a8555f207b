package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class ModelOptionsTest {
    @Test
    void a_single_class_is_refused() {
        ModelOptions.Builder builder = new ModelOptions.Builder().classes(1);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage("classes must be >= 2, got 1");
    }

    @Test
    void other_types_than_float_and_double_are_refused() {
        ModelOptions.Builder builder = new ModelOptions.Builder().dataType(DataType.BFLOAT16);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("data type must be FLOAT or DOUBLE, got BFLOAT16");
    }

    @Test
    void a_weight_decay_that_is_no_number_is_refused() {
        ModelOptions.Builder builder = new ModelOptions.Builder().weightDecay(Double.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("weight decay must be finite and >= 0, got NaN");
    }
}
