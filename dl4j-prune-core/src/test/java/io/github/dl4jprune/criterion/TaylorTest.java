package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TaylorTest {
    private static final double[][] WEIGHTS = {{1, 2}, {-1, 0.5}, {3, -1}};
    private static final double[][] GRADIENTS = {{0.5, -0.25}, {0.1, 0.4}, {-0.2, 0.3}};

    // W = [(1, 2), (-1, .5), (3, -1)]; G = [(.5, -.25), (.1, .4), (-.2, .3)]
    // python3: [sum(w * g for w, g in zip(a, b)) ** 2 for a, b in zip(W, G)]
    @Test
    void it_is_the_square_of_the_summed_products() {
        INDArray weights = Nd4j.createFromArray(WEIGHTS);
        INDArray gradients = Nd4j.createFromArray(GRADIENTS);

        double[] scores = new Taylor().score(weights, gradients).toDoubleVector();

        assertThat(scores).containsExactly(new double[] {0, 0.01, 0.81}, within(1e-15));
        assertThat(weights.toDoubleMatrix()).isDeepEqualTo(WEIGHTS);
        assertThat(gradients.toDoubleMatrix()).isDeepEqualTo(GRADIENTS);
    }

    // y = w . x, loss = y^2 / 2: dL/dw = y x, so the score is (y w . x)^2 = y^4
    @Test
    void it_is_the_squared_first_order_change_of_the_loss() {
        INDArray x = Nd4j.createFromArray(new double[][] {{0.5, -1, 2}});
        INDArray weights = Nd4j.createFromArray(new double[][] {{1, 0.25, 0.5}});
        double y = weights.mul(x).sumNumber().doubleValue();

        double[] scores = new Taylor().score(weights, x.mul(y)).toDoubleVector();

        assertThat(scores).containsExactly(new double[] {Math.pow(y, 4)}, within(1e-15));
    }

    @Test
    void float_stays_float() {
        INDArray scores = new Taylor()
                .score(
                        Nd4j.createFromArray(WEIGHTS).castTo(DataType.FLOAT),
                        Nd4j.createFromArray(GRADIENTS).castTo(DataType.FLOAT));

        assertThat(scores.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(scores.toDoubleVector()).containsExactly(new double[] {0, 0.01, 0.81}, within(1e-6));
    }

    @Test
    void gradients_of_another_shape_are_refused() {
        assertThatThrownBy(() -> new Taylor().score(Nd4j.ones(2, 3), Nd4j.ones(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients must have the shape of filters [2, 3], got [3, 2]");
    }
}
