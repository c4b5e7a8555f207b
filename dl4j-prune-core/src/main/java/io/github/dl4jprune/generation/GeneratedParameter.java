package io.github.dl4jprune.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights that a small network generates from the fractions of channels kept, e, along each axis that is pruned:
 * {@code h = relu(A e + a) / sqrt(n)} with n = {@value #HIDDEN} units, {@code w = B h + b}. The root, which the published code has not, keeps a step
 * of w about as long as the same step without a generator, so that usual learning rates do.
 *
 * <p>B begins at 0 and b at the trained weights, so that before any training every width has the weights it would inherit. Memory, momentum
 * included: {@code 2 (HIDDEN + 1)} numbers a weight.
 */
final class GeneratedParameter implements ParameterSource {
    static final int HIDDEN = 32;
    private static final double SCALE = 1 / Math.sqrt(HIDDEN);

    private final Function<List<Integer>, double[]> encoding;
    final Momentum inner;
    final Momentum innerBias;
    final Momentum outer;
    final Momentum outerBias;

    /**
     * A generator.
     *
     * @param initial the trained weights as a vector
     * @param encoding fractions of channels kept, as many for any widths
     * @param inputs how many
     */
    GeneratedParameter(
            INDArray initial, Function<List<Integer>, double[]> encoding, int inputs, RandomGenerator random) {
        DataType type = initial.dataType();
        this.encoding = encoding;
        this.inner = new Momentum(uniform(random, inputs, HIDDEN, inputs).castTo(type));
        this.innerBias = new Momentum(uniform(random, 1, HIDDEN, inputs).castTo(type));
        this.outer = new Momentum(Nd4j.zeros(type, initial.length(), HIDDEN));
        this.outerBias = new Momentum(initial.dup());
    }

    /** Even in ±1/sqrt(inputs). */
    private static INDArray uniform(RandomGenerator random, int rows, int columns, int inputs) {
        double bound = 1 / Math.sqrt(inputs);
        return Nd4j.createFromArray(
                        random.doubles((long) rows * columns, -bound, bound).toArray())
                .reshape(rows, columns);
    }

    @Override
    public INDArray values(List<Integer> entries) {
        INDArray hidden = hidden(encoded(entries));
        return outer.value
                .mmul(hidden.reshape(HIDDEN, 1))
                .reshape(outerBias.value.length())
                .addi(outerBias.value);
    }

    private INDArray encoded(List<Integer> entries) {
        double[] fractions = encoding.apply(entries);
        return Nd4j.createFromArray(fractions).castTo(outer.value.dataType()).reshape(1, fractions.length);
    }

    private INDArray hidden(INDArray encoded) {
        INDArray sums = encoded.mmul(inner.value).addi(innerBias.value);
        return sums.muli(positive(sums)).muli(SCALE);
    }

    private static INDArray positive(INDArray values) {
        return values.gt(0).castTo(values.dataType());
    }

    @Override
    public void learn(List<Integer> entries, INDArray gradient, double rate, PruningNetTraining training) {
        INDArray encoded = encoded(entries);
        INDArray hidden = hidden(encoded);
        INDArray column = gradient.reshape(gradient.length(), 1);
        INDArray back =
                column.transpose().mmul(outer.value).muli(positive(hidden)).muli(SCALE); // by the sums in front of relu
        outer.step(column.mmul(hidden), rate, training);
        outerBias.step(gradient, rate, training);
        inner.step(encoded.transpose().mmul(back), rate, training);
        innerBias.step(back, rate, training);
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (Momentum part : List.of(inner, innerBias, outer, outerBias)) {
            part.write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (Momentum part : List.of(inner, innerBias, outer, outerBias)) {
            part.read(in);
        }
    }
}
