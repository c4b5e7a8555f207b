package io.github.dl4jprune.onnx;

import java.util.Arrays;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;

/** Sizes of tensors; {@code -k} stands for k times the number of examples. */
final class Dims {
    private Dims() {}

    static long[] permuted(long[] dims, int... permutation) {
        return Arrays.stream(permutation).mapToLong(axis -> dims[axis]).toArray();
    }

    static long[] with(long[] dims, int axis, long size) {
        long[] result = dims.clone();
        result[axis] = size;
        return result;
    }

    /** The sizes but for the axis of the examples. */
    static long[] ofExample(long[] dims) {
        return Arrays.copyOfRange(dims, 1, dims.length);
    }

    static long[] batched(long rows, long... ofExample) {
        long[] dims = new long[ofExample.length + 1];
        dims[0] = rows;
        System.arraycopy(ofExample, 0, dims, 1, ofExample.length);
        return dims;
    }

    static long product(long... sizes) {
        return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    }

    /** What two arrays have when the smaller is repeated along axes of size 1 and missing leading axes. */
    static long[] broadcast(long[] a, long[] b) {
        if (a.length < b.length) {
            return broadcast(b, a);
        }
        long[] result = a.clone();
        int missing = a.length - b.length;
        for (int axis = 0; axis < b.length; axis++) {
            result[missing + axis] = result[missing + axis] == 1 ? b[axis] : result[missing + axis];
        }
        return result;
    }

    /** As a model states it: the number of examples is called {@code batch}. */
    static TensorShapeProto proto(long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            Dimension.Builder dimension = Dimension.newBuilder();
            if (dim >= 0) {
                dimension.setDimValue(dim);
            } else {
                dimension.setDimParam(dim == Value.BATCH ? "batch" : "batch_times_" + -dim);
            }
            shape.addDim(dimension);
        }
        return shape.build();
    }
}
