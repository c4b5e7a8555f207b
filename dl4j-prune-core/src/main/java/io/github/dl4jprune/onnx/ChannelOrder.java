package io.github.dl4jprune.onnx;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.jspecify.annotations.Nullable;

/** Where a layer expects its channels; ONNX's operators want them on axis 1. */
enum ChannelOrder {
    FIRST,
    LAST;

    static ChannelOrder of(@Nullable CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? LAST : FIRST;
    }

    static ChannelOrder of(@Nullable RNNFormat format) {
        return format == RNNFormat.NWC ? LAST : FIRST;
    }

    static ChannelOrder of(Convolution3D.@Nullable DataFormat format) {
        return format == Convolution3D.DataFormat.NDHWC ? LAST : FIRST;
    }

    /** The channel axis of an array of that rank. */
    int axis(int rank) {
        return this == FIRST ? 1 : rank - 1;
    }

    /** An array of this order with its channels moved to axis 1. */
    Value toFirst(Operators ops, Value value) {
        if (this == FIRST || value.rank() == 2) {
            return value;
        }
        int[] permutation = new int[value.rank()];
        permutation[1] = value.rank() - 1;
        for (int axis = 2; axis < permutation.length; axis++) {
            permutation[axis] = axis - 1;
        }
        return ops.transpose(value, permutation);
    }

    /** An array with channels on axis 1 in this order. */
    Value fromFirst(Operators ops, Value value) {
        if (this == FIRST || value.rank() == 2) {
            return value;
        }
        int[] permutation = new int[value.rank()];
        permutation[permutation.length - 1] = 1;
        for (int axis = 1; axis < permutation.length - 1; axis++) {
            permutation[axis] = axis + 1;
        }
        return ops.transpose(value, permutation);
    }
}
