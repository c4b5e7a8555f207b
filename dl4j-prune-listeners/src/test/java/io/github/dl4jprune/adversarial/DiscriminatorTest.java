package io.github.dl4jprune.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DiscriminatorTest {
    private final Discriminator discriminator = new Discriminator(3, DataType.DOUBLE, 0.01, 0.9, 5);
    private final INDArray teacher = Nd4j.createFromArray(new double[][] {{3, 0, -1}, {2, 1, 0.5}, {4, -1, 0}});
    private final INDArray copy = Nd4j.createFromArray(new double[][] {{0.5, 0, 1}, {-1, 1, 0.5}, {0, 2, 0}});

    @Test
    void it_learns_whose_logits_are_whose() {
        for (int i = 0; i < 40; i++) {
            discriminator.learn(teacher, copy);
        }

        assertThat(discriminator.sureness(teacher).minNumber().doubleValue()).isGreaterThan(0.8);
        assertThat(discriminator.sureness(copy).maxNumber().doubleValue()).isLessThan(0.2);
    }

    @Test
    void its_losses_are_minus_the_logarithm_of_its_sureness() {
        assertThat(discriminator.losses(copy).toDoubleVector())
                .containsExactly(minusLogarithms(discriminator.sureness(copy)), within(1e-9));
    }

    private static double[] minusLogarithms(INDArray sureness) {
        double[] result = sureness.toDoubleVector();
        for (int i = 0; i < result.length; i++) {
            result[i] = -Math.log(result[i]);
        }
        return result;
    }

    @Test
    void its_slopes_are_what_differences_have() {
        assertThat(discriminator.slopes(copy).ravel().toDoubleVector())
                .containsExactly(
                        differences(logits ->
                                discriminator.losses(logits).sumNumber().doubleValue()),
                        within(1e-6));
    }

    @Test
    void the_slopes_of_the_whole_loss_are_what_differences_have() {
        AgreementLoss loss = new AgreementLoss(0.3, discriminator);

        INDArray slopes = loss.computeGradient(teacher, copy, new ActivationSoftmax(), null);

        assertThat(slopes.ravel().toDoubleVector())
                .containsExactly(
                        differences(logits -> loss.computeScore(teacher, logits, new ActivationSoftmax(), null, false)),
                        within(1e-6));
        assertThat(loss.lastLogits()).isEqualTo(copy);
    }

    @Test
    void losses_of_logits_that_it_is_all_too_sure_about_are_finite() {
        INDArray far = copy.mul(1e6);

        assertThat(discriminator.losses(far).sumNumber().doubleValue()).isFinite();
        assertThat(discriminator.losses(far).maxNumber().doubleValue()).isGreaterThan(1000);
    }

    @Test
    void agreement_is_the_mean_squared_distance_of_the_logits() {
        double sum =
                new AgreementLoss(3, discriminator).computeScore(teacher, copy, new ActivationSoftmax(), null, false)
                        - discriminator.losses(copy).sumNumber().doubleValue();

        assertThat(sum).isCloseTo(teacher.squaredDistance(copy), within(1e-9));
    }

    private double[] differences(ToDoubleFunction<INDArray> loss) {
        double[] result = new double[(int) copy.length()];
        for (int i = 0; i < result.length; i++) {
            INDArray above = copy.dup();
            above.putScalar(i, above.getDouble(i) + 1e-5);
            INDArray below = copy.dup();
            below.putScalar(i, below.getDouble(i) - 1e-5);
            result[i] = (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / 2e-5;
        }
        return result;
    }
}
