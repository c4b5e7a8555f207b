package io.github.dl4jprune.folding;

import io.github.dl4jprune.folding.ChannelConstant.Held;
import io.github.dl4jprune.folding.ChannelConstant.Live;
import io.github.dl4jprune.folding.ChannelConstant.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The constants along the channel axis of one activation. Immutable. */
final class ConstantVector {
    private final ChannelConstant[] channels;

    /** What becomes of one held channel. */
    @FunctionalInterface
    interface Change {
        ChannelConstant of(int position, Held held);
    }

    private ConstantVector(Stream<ChannelConstant> channels) {
        this.channels = channels.toArray(ChannelConstant[]::new);
    }

    static ConstantVector of(List<ChannelConstant> channels) {
        return new ConstantVector(channels.stream());
    }

    static ConstantVector live(int size) {
        return new ConstantVector(
                Stream.generate(() -> (ChannelConstant) ChannelConstant.LIVE).limit(size));
    }

    /** One value a channel, everywhere. */
    static ConstantVector held(double... values) {
        return new ConstantVector(Arrays.stream(values).mapToObj(value -> new Held(value, true)));
    }

    int size() {
        return channels.length;
    }

    ChannelConstant at(int position) {
        return channels[position];
    }

    /** The vector with its held channels changed. */
    ConstantVector map(Change change) {
        return new ConstantVector(IntStream.range(0, channels.length)
                .mapToObj(i -> channels[i] instanceof Held held ? change.of(i, held) : channels[i]));
    }

    /** Behind an element-wise function. */
    ConstantVector through(IActivation function) {
        if (channels.length == 0) {
            return this;
        }
        double[] before = new double[channels.length];
        Arrays.setAll(before, i -> channels[i] instanceof Held held ? held.value() : 0);
        INDArray row = Nd4j.createFromArray(before).reshape(1, before.length);
        double[] after = function.getActivation(row, false).toDoubleVector();
        return map((i, held) -> new Held(after[i], held.everywhere()));
    }

    /** Behind zeros put around the activation: only what is zero is the same everywhere. */
    ConstantVector bordered() {
        return map((i, held) -> held.isZero() ? held : new Held(held.value(), false));
    }

    /** Behind something that is followed for zeros only. */
    ConstantVector unlessZero(String reason) {
        return map((i, held) -> held.isZero() ? held : new Unknown(reason));
    }

    ConstantVector range(int from, int to) {
        return new ConstantVector(Arrays.stream(channels, from, to));
    }

    /** Each channel {@code times} times in a row. */
    ConstantVector repeatEach(int times) {
        return new ConstantVector(Arrays.stream(channels)
                .flatMap(channel -> Stream.generate(() -> channel).limit(times)));
    }

    /** All channels {@code times} times. */
    ConstantVector tile(int times) {
        return new ConstantVector(IntStream.range(0, times).boxed().flatMap(i -> Arrays.stream(channels)));
    }

    static ConstantVector concatenate(List<ConstantVector> vectors) {
        return new ConstantVector(vectors.stream().flatMap(vector -> Arrays.stream(vector.channels)));
    }

    /** Behind something that makes no channel a constant. */
    ConstantVector lost(String reason) {
        return map((i, held) -> new Unknown(reason));
    }

    /** Keeps what two vectors of one size have in common. */
    ConstantVector whereEqual(ConstantVector other) {
        return map((i, held) -> held.everywhere() && held.equals(other.channels[i])
                ? held
                : new Unknown("laid beside another constant of the same channel"));
    }

    /** Position by position of two vectors of one size; what is not held on both sides is not held. */
    ConstantVector combine(ConstantVector other, DoubleBinaryOperator operator) {
        return new ConstantVector(
                IntStream.range(0, channels.length).mapToObj(i -> combine(channels[i], other.channels[i], operator)));
    }

    private static ChannelConstant combine(ChannelConstant a, ChannelConstant b, DoubleBinaryOperator operator) {
        if (a instanceof Held left && b instanceof Held right) {
            double value = operator.applyAsDouble(left.value(), right.value());
            return new Held(value, left.everywhere() && right.everywhere());
        }
        if (a instanceof Live && b instanceof Live) {
            return a;
        }
        if (a instanceof Unknown) {
            return a;
        }
        return b instanceof Unknown ? b : new Unknown("combined with a channel that stays");
    }
}
