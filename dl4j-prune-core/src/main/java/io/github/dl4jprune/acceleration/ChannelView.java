package io.github.dl4jprune.acceleration;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BiasAdd;
import org.nd4j.linalg.api.ops.impl.reduce3.Dot;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums over everything but the channels of a rank 4 array, and the reverse, in the forms that ND4J runs fastest: over
 * contiguous rows where the array is NCHW. All arrays are row-major, all vectors have one entry a channel.
 *
 * @param nchw whether channels are axis 1, otherwise axis 3
 * @param batch the size of axis 0
 * @param channels the number of channels
 * @param positions the number of values of one channel in one example
 */
record ChannelView(boolean nchw, long batch, long channels, long positions) {
    /** The view of an array whose channels are where the format says. */
    static ChannelView of(INDArray array, CNN2DFormat format, long channels) {
        long batch = array.size(0);
        return new ChannelView(format == CNN2DFormat.NCHW, batch, channels, array.length() / batch / channels);
    }

    /** The array itself, or a row-major copy of it. */
    static INDArray rowMajor(INDArray array) {
        return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }

    /** The axis of the channels. */
    int axis() {
        return nchw ? 1 : 3;
    }

    /** {@code out = array + vector}; out may be the array. */
    void add(INDArray array, INDArray vector, INDArray out) {
        Nd4j.exec(new BiasAdd(array, vector, out, nchw));
    }

    /** Multiplies the array by the vector, in place. */
    void multiply(INDArray array, INDArray vector) {
        array.muli(nchw ? vector.reshape(1, channels, 1, 1) : vector.reshape(1, 1, 1, channels));
    }

    /** The mean of every channel, written to out. */
    void mean(INDArray array, INDArray out) {
        out.assign(sum(array).divi(batch * positions));
    }

    /** The mean of the squares of every channel, written to out. */
    void meanSquare(INDArray array, INDArray out) {
        // a dot product, because ND4J's SquaredNorm over an axis of length 1 does not square
        out.assign(dot(array, array).divi(batch * positions));
    }

    /** The sum of every channel. */
    INDArray sum(INDArray array) {
        return nchw ? overBatch(rows(array).sum(1)) : columns(array).sum(0);
    }

    /** The sum over every channel of the products of two arrays. */
    INDArray dot(INDArray first, INDArray second) {
        return nchw
                ? overBatch(Nd4j.getExecutioner().exec(new Dot(rows(first), rows(second), 1)))
                : Nd4j.getExecutioner().exec(new Dot(columns(first), columns(second), 0));
    }

    private INDArray rows(INDArray array) {
        return array.reshape('c', batch * channels, positions);
    }

    private INDArray columns(INDArray array) {
        return array.reshape('c', batch * positions, channels);
    }

    private INDArray overBatch(INDArray rowSums) {
        return rowSums.reshape('c', batch, channels).sum(0);
    }
}
