package io.github.dl4jprune.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GeneratedParameterTest {
    private static final List<Integer> NARROW = List.of(3);
    private static final List<Integer> WIDE = List.of(10);
    private static final PruningNetTraining PLAIN = new PruningNetTraining(1, 1, 0, 0, 0, 0);

    private final INDArray initial = Nd4j.createFromArray(0.5, -1.0, 2.0, 0.25);
    private final GeneratedParameter parameter = new GeneratedParameter(
            initial, entries -> new double[] {entries.get(0) / 10.0, 1}, 2, new SplittableRandom(5));
    private final INDArray slope = Nd4j.createFromArray(1.0, -2.0, 0.0, 3.0);

    /** A loss whose gradient by the weights is the slope. */
    private double loss(List<Integer> entries) {
        return parameter.values(entries).mul(slope).sumNumber().doubleValue();
    }

    @Test
    void before_training_it_generates_the_trained_weights_at_any_width() {
        assertThat(parameter.values(NARROW)).isEqualTo(initial);
        assertThat(parameter.values(WIDE)).isEqualTo(initial);
    }

    @Test
    void a_step_is_the_rate_times_the_gradient_as_differences_have_it_for_all_four_arrays() {
        // away from the beginning, where the outer layer is 0 and hands nothing back
        parameter.outer.value.assign(
                Nd4j.rand(DataType.DOUBLE, parameter.outer.value.shape()).subi(0.5));
        List<INDArray> arrays = List.of(
                parameter.inner.value, parameter.innerBias.value, parameter.outer.value, parameter.outerBias.value);
        List<double[]> expected = arrays.stream().map(this::differences).toList();
        List<INDArray> before = arrays.stream().map(INDArray::dup).toList();

        parameter.learn(NARROW, slope, 0.125, PLAIN);

        for (int i = 0; i < arrays.size(); i++) {
            double[] moved = before.get(i).sub(arrays.get(i)).div(0.125).ravel().toDoubleVector();
            assertThat(moved).containsExactly(expected.get(i), within(1e-6));
        }
    }

    private double[] differences(INDArray array) {
        double[] result = new double[(int) array.length()];
        for (int i = 0; i < result.length; i++) {
            double value = array.getDouble(i);
            array.putScalar(i, value + 1e-4);
            double above = loss(NARROW);
            array.putScalar(i, value - 1e-4);
            result[i] = (above - loss(NARROW)) / 2e-4;
            array.putScalar(i, value);
        }
        return result;
    }

    @Test
    void what_one_width_learns_differs_from_what_another_has() {
        parameter.learn(NARROW, slope, 0.1, PLAIN);

        assertThat(parameter.values(NARROW)).isNotEqualTo(parameter.values(WIDE));
        assertThat(parameter.values(NARROW).getDouble(2)).isEqualTo(2.0);
    }

    @Test
    void momentum_and_weight_decay_act_on_every_step() {
        Momentum weight = new Momentum(Nd4j.createFromArray(1.0));
        PruningNetTraining training = new PruningNetTraining(1, 1, 0.5, 0.25, 0, 0);

        weight.step(Nd4j.createFromArray(1.0), 0.5, training); // v = 1.25, w = 0.375
        weight.step(Nd4j.createFromArray(0.0), 0.5, training); // v = 0.625 + 0.09375, w = 0.375 - 0.359375

        assertThat(weight.value.getDouble(0)).isEqualTo(0.015625);
    }
}
