package io.github.dl4jprune.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Tells whose logits it is shown: near 1 the teacher's, near 0 the copy's. Dense layers of 128, 256, 128 units and one, without
 * activation functions between them, and a sigmoid, as in GAL's published code. Written out, for DL4J runs no network inside the loss
 * function of another.
 */
final class Discriminator {
    private static final int[] UNITS = {128, 256, 128, 1};

    private final List<Dense> layers = new ArrayList<>();
    private final double learningRate;
    private final double momentum;

    /** Weights [in, out] and biases [1, out], with their velocities. */
    private record Dense(INDArray weights, INDArray biases, INDArray weightVelocity, INDArray biasVelocity) {
        Dense(INDArray weights, INDArray biases) {
            this(weights, biases, Nd4j.zerosLike(weights), Nd4j.zerosLike(biases));
        }

        INDArray forward(INDArray input) {
            return input.mmul(weights).addi(biases);
        }

        void step(INDArray input, INDArray slopes, double rate, double momentum) {
            biasVelocity.muli(momentum).addi(slopes.sum(true, 0));
            weightVelocity.muli(momentum).addi(input.transpose().mmul(slopes));
            biases.subi(biasVelocity.mul(rate));
            weights.subi(weightVelocity.mul(rate));
        }
    }

    Discriminator(long classes, DataType type, double learningRate, double momentum, long seed) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        SplittableRandom random = new SplittableRandom(seed);
        int in = (int) classes;
        for (int out : UNITS) {
            layers.add(new Dense(
                    uniform(random, in, in, out).castTo(type),
                    uniform(random, in, 1, out).castTo(type)));
            in = out;
        }
    }

    /** Even in ±1/sqrt(inputs). */
    private static INDArray uniform(SplittableRandom random, int inputs, int rows, int columns) {
        double bound = 1 / Math.sqrt(inputs);
        return Nd4j.createFromArray(
                        random.doubles((long) rows * columns, -bound, bound).toArray())
                .reshape(rows, columns);
    }

    /** A step towards telling them apart, down the mean of both halves' cross-entropy. */
    void learn(INDArray teacher, INDArray copy) {
        List<INDArray> inputs = inputs(Nd4j.concat(0, teacher, copy));
        INDArray slopes = Transforms.sigmoid(inputs.get(UNITS.length), true);
        for (int i = 0; i < teacher.size(0); i++) {
            slopes.putScalar(i, 0, slopes.getDouble(i, 0) - 1);
        }
        slopes.divi(teacher.size(0));
        for (int layer = UNITS.length - 1; layer >= 0; layer--) {
            Dense dense = layers.get(layer);
            INDArray back = slopes.mmul(dense.weights.transpose());
            dense.step(inputs.get(layer), slopes, learningRate, momentum);
            slopes = back;
        }
    }

    /** What each layer reads, and what the last one puts out. */
    private List<INDArray> inputs(INDArray logits) {
        List<INDArray> inputs = new ArrayList<>(List.of(logits));
        layers.forEach(layer -> inputs.add(layer.forward(inputs.get(inputs.size() - 1))));
        return inputs;
    }

    private INDArray answers(INDArray logits) {
        return inputs(logits).get(UNITS.length);
    }

    /** For each example, how sure it is that the logits are the teacher's, [examples, 1] in (0, 1). */
    INDArray sureness(INDArray logits) {
        return Transforms.sigmoid(answers(logits), false);
    }

    /** {@code -log D(s)} for each example, [examples, 1]. */
    INDArray losses(INDArray logits) {
        INDArray answers = answers(logits);
        INDArray tail = Transforms.log(
                Transforms.exp(Transforms.abs(answers, true).negi(), false).addi(1), false);
        return Transforms.max(answers.neg(), 0, false).addi(tail); // no exponential of anything above 0
    }

    /** The slope of {@link #losses} by the logits. */
    INDArray slopes(INDArray logits) {
        INDArray slopes = sureness(logits).subi(1);
        for (int layer = UNITS.length - 1; layer >= 0; layer--) {
            slopes = slopes.mmul(layers.get(layer).weights.transpose());
        }
        return slopes;
    }
}
