package io.github.dl4jprune.onnx;

import onnx.Onnx.TensorProto;

/**
 * A tensor of the graph.
 *
 * @param name unique in the graph
 * @param type of its elements
 * @param dims its sizes; {@code -k} stands for k times the number of examples
 */
record Value(String name, TensorProto.DataType type, long... dims) {
    /** The size of the axis that counts examples. */
    static final long BATCH = -1;

    int rank() {
        return dims.length;
    }

    long size(int axis) {
        return dims[axis];
    }
}
