package io.github.dl4jprune.randomnetworks;

import java.util.Map;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gives biases, batch normalisation and the like random values, so that nothing is zero or one by accident. */
final class Weights {
    private final Choices choices;

    Weights(Choices choices) {
        this.choices = choices;
    }

    void vary(Model network) {
        Map<String, INDArray> parameters = network.paramTable();
        parameters.forEach((name, values) -> {
            switch (name.substring(name.lastIndexOf('_') + 1)) {
                case "b", "fb", "bb", "bF", "bB", "beta" -> fill(values, () -> 0.2 * choices.gaussian());
                case "mean", "cL" -> fill(values, () -> 0.3 * choices.gaussian());
                case "gamma" -> fill(values, () -> (choices.chance(0.3) ? -1 : 1) * choices.between(0.5, 1.5));
                case "var" -> fill(values, () -> choices.between(0.5, 2.0));
                case "log10stdev" -> fill(values, () -> choices.between(-0.15, 0.15));
                case "g", "fg", "bg" -> fill(values, () -> choices.between(0.5, 1.5));
                default -> {
                    if (values.maxNumber().doubleValue() == values.minNumber().doubleValue()) {
                        fill(values, () -> choices.between(0.05, 0.6));
                    }
                }
            }
        });
    }

    private static void fill(INDArray values, DoubleSupplier next) {
        double[] drawn = new double[(int) values.length()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = next.getAsDouble();
        }
        values.assign(Nd4j.createFromArray(drawn).reshape(values.shape()));
    }
}
