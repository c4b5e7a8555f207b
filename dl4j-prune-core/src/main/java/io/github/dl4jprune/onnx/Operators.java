package io.github.dl4jprune.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The operators that rules write with. Numbers are FLOAT or DOUBLE throughout; those operators for which ONNX Runtime has
 * no DOUBLE kernel on processors are written in FLOAT between two casts.
 */
final class Operators {
    /**
     * ONNX Runtime 1.28, docs/OperatorKernels.md, CPUExecutionProvider: FLOAT, no DOUBLE. LSTM is listed with DOUBLE and
     * fails ("does not support double yet"); {@code x Sigmoid(x)} in DOUBLE is fused to QuickGelu, which knows FLOAT only.
     */
    private static final Set<String> FLOAT_ONLY = Set.of(
            "AveragePool",
            "Conv",
            "ConvTranspose",
            "Elu",
            "Erf",
            "HardSigmoid",
            "LRN",
            "LSTM",
            "LeakyRelu",
            "LpPool",
            "PRelu",
            "RNN",
            "Resize",
            "Selu",
            "Sigmoid",
            "Softplus",
            "Softsign",
            "ThresholdedRelu");

    /** From this opset on, reductions read their axes as a tensor; ReduceSum does from 13 on. */
    private static final int AXES_AS_TENSOR = 18;

    /** Stands for an optional input that is not given. */
    static final Value ABSENT = new Value("", DataType.UNDEFINED);

    private final OnnxGraph graph;
    private final int opset;
    private final Map<String, Transposed> transposes = new HashMap<>();

    private final Set<String> padded = new HashSet<>();

    private record Transposed(Value source, int[] permutation) {}

    Operators(OnnxGraph graph, int opset) {
        this.graph = graph;
        this.opset = opset;
    }

    int opset() {
        return opset;
    }

    Value constant(String hint, INDArray array) {
        return graph.constant(hint, array);
    }

    Value scalar(double number) {
        return graph.scalar(number);
    }

    /** Numbers that are FLOAT in any graph, such as scales. */
    Value floats(double... numbers) {
        return graph.floats(numbers);
    }

    Value longs(long... numbers) {
        return graph.longs(numbers);
    }

    /** Any operator with one output of the graph's type. */
    Value write(String operator, long[] dims, List<Value> read, AttributeProto... with) {
        if (graph.type() != DataType.DOUBLE || !FLOAT_ONLY.contains(operator)) {
            return graph.operator(operator, graph.type(), dims, read, with);
        }
        List<Value> asFloat = read.stream()
                .map(value -> value.type() == DataType.DOUBLE ? cast(value, DataType.FLOAT) : value)
                .toList();
        return cast(graph.operator(operator, DataType.FLOAT, dims, asFloat, with), graph.type());
    }

    Value cast(Value value, TensorProto.DataType type) {
        return graph.operator("Cast", type, value.dims(), List.of(value), Attribute.ofType("to", type));
    }

    /** An operator that leaves the shape alone. */
    Value unary(String operator, Value value, AttributeProto... with) {
        return write(operator, value.dims(), List.of(value), with);
    }

    /** Two arrays, the smaller repeated where it has size 1. */
    Value binary(String operator, Value a, Value b) {
        return write(operator, Dims.broadcast(a.dims(), b.dims()), List.of(a, b));
    }

    Value add(Value a, Value b) {
        return binary("Add", a, b);
    }

    Value multiply(Value a, Value b) {
        return binary("Mul", a, b);
    }

    Value multiply(Value a, double factor) {
        return factor == 1 ? a : multiply(a, scalar(factor));
    }

    /** Axes in another order; going back and forth costs nothing. */
    Value transpose(Value value, int... permutation) {
        Transposed before = transposes.get(value.name());
        if (before != null) {
            int[] composed = Arrays.stream(permutation)
                    .map(axis -> before.permutation()[axis])
                    .toArray();
            return transpose(before.source(), composed);
        }
        if (ordered(permutation)) {
            return value;
        }
        long[] dims = Dims.permuted(value.dims(), permutation);
        Value result = graph.operator(
                "Transpose",
                value.type(),
                dims,
                List.of(value),
                Attribute.longs(
                        "perm", Arrays.stream(permutation).asLongStream().toArray()));
        transposes.put(result.name(), new Transposed(value, permutation));
        return result;
    }

    private static boolean ordered(int... permutation) {
        for (int i = 0; i < permutation.length; i++) {
            if (permutation[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** The same values in C order under another shape, of which at most one size depends on the number of examples. */
    Value reshape(Value value, long... dims) {
        if (Arrays.equals(value.dims(), dims)) {
            return value;
        }
        long[] target = Arrays.stream(dims).map(dim -> Math.max(dim, -1)).toArray();
        return graph.operator("Reshape", value.type(), dims, List.of(value, longs(target)));
    }

    Value concat(int axis, List<Value> values) {
        if (values.size() == 1) {
            return values.get(0);
        }
        long size = values.stream().mapToLong(value -> value.size(axis)).sum();
        return write("Concat", Dims.with(values.get(0).dims(), axis, size), values, Attribute.of("axis", (long) axis));
    }

    /** Positions {@code from} (inclusive) to {@code to} (exclusive) along one axis of known size. */
    Value slice(Value value, int axis, long from, long to) {
        if (from == 0 && to == value.size(axis)) {
            return value;
        }
        return write(
                "Slice", Dims.with(value.dims(), axis, to - from), List.of(value, longs(from), longs(to), longs(axis)));
    }

    /** One position along an axis, which disappears. */
    Value pick(Value value, int axis, long position) {
        return squeeze(slice(value, axis, position, position + 1), axis);
    }

    Value squeeze(Value value, int axis) {
        long[] dims = new long[value.rank() - 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = value.size(i < axis ? i : i + 1);
        }
        return graph.operator("Squeeze", value.type(), dims, List.of(value, longs(axis)));
    }

    Value unsqueeze(Value value, int axis) {
        long[] dims = new long[value.rank() + 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == axis ? 1 : value.size(i < axis ? i : i - 1);
        }
        return graph.operator("Unsqueeze", value.type(), dims, List.of(value, longs(axis)));
    }

    /** ReduceMax, ReduceMean, ReduceSum or ReduceL2 over axes that disappear or stay with size 1. */
    Value reduce(String operator, Value value, Axes kept, int... axes) {
        List<Integer> reduced = Arrays.stream(axes).boxed().toList();
        long[] dims = java.util.stream.IntStream.range(0, value.rank())
                .filter(axis -> kept == Axes.KEPT || !reduced.contains(axis))
                .mapToLong(axis -> reduced.contains(axis) ? 1 : value.size(axis))
                .toArray();
        long[] asLongs = Arrays.stream(axes).asLongStream().toArray();
        AttributeProto keep = Attribute.of("keepdims", kept == Axes.KEPT ? 1L : 0L);
        return opset >= AXES_AS_TENSOR || operator.equals("ReduceSum")
                ? write(operator, dims, List.of(value, longs(asLongs)), keep)
                : write(operator, dims, List.of(value), keep, Attribute.longs("axes", asLongs));
    }

    /** What becomes of axes that are reduced. */
    enum Axes {
        KEPT,
        DROPPED
    }

    /** Zeros around: first what comes before each axis, then what comes behind each. */
    Value pad(Value value, long... pads) {
        if (Arrays.stream(pads).allMatch(pad -> pad == 0)) {
            return value;
        }
        long[] dims = value.dims().clone();
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] += pads[axis] + pads[dims.length + axis];
        }
        Value result = write("Pad", dims, List.of(value, longs(pads), scalar(0)));
        padded.add(result.name());
        return result;
    }

    /**
     * The same values, for a pool. ONNX Runtime (1.28, PadFusion) makes one operator of a Pad and the pool behind it, whose
     * maximum then ignores the zeros and whose padding may be refused as too large; an operator between keeps them apart.
     */
    Value apart(Value value) {
        return padded.contains(value.name()) ? binary("Max", value, scalar(-Float.MAX_VALUE)) : value;
    }

    /** Where {@code value >= bound}, as an array of truth values. */
    Value least(Value value, double bound) {
        return graph.operator("GreaterOrEqual", DataType.BOOL, value.dims(), List.of(value, scalar(bound)));
    }

    /** The first where the condition holds, elsewhere the second. */
    Value choose(Value condition, Value first, Value second) {
        return write("Where", Dims.broadcast(first.dims(), second.dims()), List.of(condition, first, second));
    }

    Value softmax(Value value, int axis) {
        return unary("Softmax", value, Attribute.of("axis", (long) axis));
    }
}
