package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class L2NormTest extends FilterCriterionContract {
    @Override
    L2Norm criterion() {
        return new L2Norm();
    }

    // python3: [sum(w * w for w in f) ** .5 for f in [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]]
    @Test
    void it_is_the_euclidean_length() {
        double[] scores = criterion().score(Filters.five()).toDoubleVector();

        assertThat(scores).containsExactly(new double[] {0, 1, 1, 5, 0.5}, within(1e-15));
    }

    @Test
    void float_weights_whose_squares_leave_the_range_of_float_are_measured() {
        INDArray filters = Nd4j.createFromArray(new double[][] {{3e-30, 4e-30}, {3e25, 4e25}})
                .castTo(DataType.FLOAT);

        INDArray scores = criterion().score(filters);

        assertThat(scores.getDouble(0) / 5e-30).isCloseTo(1, within(1e-6));
        assertThat(scores.getDouble(1) / 5e25).isCloseTo(1, within(1e-6));
    }
}
