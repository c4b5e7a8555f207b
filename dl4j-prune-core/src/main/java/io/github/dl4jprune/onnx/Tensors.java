package io.github.dl4jprune.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** Arrays as ONNX tensors: raw little-endian bytes in C order. */
final class Tensors {
    private Tensors() {}

    /** A FLOAT or DOUBLE tensor. */
    static TensorProto of(String name, TensorProto.DataType type, INDArray array) {
        INDArray values = array.dup('c');
        int count = Math.toIntExact(values.length());
        ByteBuffer bytes;
        if (type == TensorProto.DataType.DOUBLE) {
            bytes = buffer((long) count * Double.BYTES);
            bytes.asDoubleBuffer().put(values.data().asDouble(), 0, count);
        } else {
            bytes = buffer((long) count * Float.BYTES);
            bytes.asFloatBuffer().put(values.data().asFloat(), 0, count);
        }
        return tensor(name, type, bytes, array.shape());
    }

    /** An INT64 vector. */
    static TensorProto of(String name, long... values) {
        ByteBuffer bytes = buffer((long) values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return tensor(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static TensorProto tensor(String name, TensorProto.DataType type, ByteBuffer bytes, long... dims) {
        TensorProto.Builder builder = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long dim : dims) {
            builder.addDims(dim);
        }
        return builder.build();
    }
}
