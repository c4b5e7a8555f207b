package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BnScaleTest {
    // python3: [abs(g) for g in (0.5, -0.25, 0, -2)]
    @Test
    void it_is_the_absolute_scale() {
        INDArray scale = Nd4j.createFromArray(0.5, -0.25, 0.0, -2.0);

        INDArray scores = new BnScale().score(scale);

        assertThat(scores.toDoubleVector()).containsExactly(0.5, 0.25, 0, 2);
        assertThat(scale.toDoubleVector()).containsExactly(0.5, -0.25, 0, -2);
    }

    @Test
    void float_stays_float() {
        INDArray scores = new BnScale().score(Nd4j.createFromArray(-0.5f));

        assertThat(scores.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(scores.toDoubleVector()).containsExactly(0.5);
    }

    @Test
    void a_matrix_is_refused() {
        assertThatThrownBy(() -> new BnScale().score(Nd4j.ones(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scale must have the shape [channels], at least 1, got [1, 3]");
    }

    @Test
    void a_scale_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> new BnScale().score(Nd4j.createFromArray(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel 1");
    }
}
