package io.github.dl4jprune.onnx;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A normaliser as {@code scale x + shift}, value by value. It is asked what it does to three inputs rather than read, so
 * that any normaliser of that form will do.
 *
 * @param scale shape of one example, channels first, or with size 1 along axes where it does not change
 * @param shift likewise
 */
record AffineNormalization(INDArray scale, INDArray shift) {
    private static final double WHITE = 255;
    private static final double TOLERANCE = 1e-6;

    /**
     * Asks a normaliser.
     *
     * @param shape of one example, channels first
     * @throws IllegalArgumentException if it is not of that form
     */
    static AffineNormalization of(DataNormalization normalizer, long... shape) {
        long[] one = Dims.batched(1, shape);
        INDArray shift = applied(normalizer, Nd4j.zeros(DataType.DOUBLE, one));
        INDArray white = Nd4j.zeros(DataType.DOUBLE, one).addi(WHITE);
        INDArray scale = applied(normalizer, white).sub(shift).divi(WHITE);
        INDArray ramp = Nd4j.linspace(DataType.DOUBLE, 1, WHITE / shift.length(), shift.length())
                .reshape(one);
        INDArray error = applied(normalizer, ramp.dup()).sub(ramp.mul(scale).addi(shift));
        double largest = Math.max(1, applied(normalizer, white).amaxNumber().doubleValue());
        if (!(error.amaxNumber().doubleValue() <= TOLERANCE * largest)) {
            throw new IllegalArgumentException(
                    "normaliser must scale and shift each value to be part of an ONNX model, got "
                            + normalizer.getClass().getSimpleName());
        }
        return new AffineNormalization(compact(scale, shape), compact(shift, shape));
    }

    private static INDArray applied(DataNormalization normalizer, INDArray input) {
        INDArray copy = input.dup();
        normalizer.transform(copy);
        return copy;
    }

    /** One number a channel, or one for all, where that says the same. */
    private static INDArray compact(INDArray values, long... shape) {
        INDArray byChannel = values.reshape('c', shape[0], values.length() / shape[0]);
        INDArray firsts = byChannel.getColumn(0).dup();
        boolean sameInChannel = byChannel.subColumnVector(firsts).amaxNumber().doubleValue() == 0;
        long[] compact = new long[shape.length];
        Arrays.fill(compact, 1);
        if (firsts.sub(firsts.getDouble(0)).amaxNumber().doubleValue() == 0 && sameInChannel) {
            return firsts.reshape(-1)
                    .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 1))
                    .reshape(compact);
        }
        compact[0] = shape[0];
        return sameInChannel ? firsts.reshape(compact) : values.reshape('c', shape);
    }

    /** Writes it behind an input. */
    Value write(Value input, ChannelOrder order, Operators ops) {
        Value x = order.toFirst(ops, input);
        Value scaled = constant(scale, 1) ? x : ops.multiply(x, ops.constant("scale", scale));
        Value shifted = constant(shift, 0) ? scaled : ops.add(scaled, ops.constant("shift", shift));
        return order.fromFirst(ops, shifted);
    }

    private static boolean constant(INDArray values, double number) {
        return values.sub(number).amaxNumber().doubleValue() == 0;
    }
}
