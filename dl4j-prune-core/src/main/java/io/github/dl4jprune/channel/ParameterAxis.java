package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One axis of one parameter, position by position.
 *
 * @param node the node that owns the parameter
 * @param key the parameter's key in that node's table, such as {@code W}
 * @param axis the axis
 * @param side whether the axis belongs to what the layer puts out or to what it reads
 * @param ids the channel each position belongs to, or {@value #FIXED} for positions that are never removed
 * @param least number of positions that must stay
 */
public record ParameterAxis(String node, String key, int axis, Side side, int[] ids, int least) {
    /** Id of a position that belongs to no channel. */
    public static final int FIXED = -1;

    /**
     * The axis in that array of the parameter. It is this axis, but for parameters that DL4J shapes [1, n] in a network
     * just initialised and [n] in one built around given values.
     */
    public int in(INDArray parameter) {
        return Math.min(axis, parameter.rank() - 1);
    }

    /**
     * Multiplies each position along the axis by its factor, in place.
     *
     * @param parameter the parameter, or anything of its shape, such as its gradient
     * @param factors one a position
     */
    public void scale(INDArray parameter, double[] factors) {
        long[] shape = new long[parameter.rank()];
        Arrays.fill(shape, 1);
        shape[in(parameter)] = factors.length;
        parameter.muli(
                Nd4j.createFromArray(factors).castTo(parameter.dataType()).reshape(shape));
    }

    /** Which of a layer's channels an axis indexes. */
    public enum Side {
        /** What the layer puts out. */
        OUTPUT,
        /** What the layer reads. */
        INPUT
    }
}
