package io.github.dl4jprune.onnx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** The table of vertex types that are no layers. */
final class Vertices {
    /** Writes one type of vertex. */
    @FunctionalInterface
    private interface VertexExport<V extends GraphVertex> {
        Value write(V vertex, List<Value> inputs, VertexSite site);
    }

    private static final Map<Class<?>, VertexExport<?>> TABLE = new LinkedHashMap<>();

    static {
        register(ElementWiseVertex.class, (vertex, in, site) -> elementWise(vertex, in, site.ops()));
        register(MergeVertex.class, (vertex, in, site) -> site.ops().concat(vertex.getMergeAxis(), in));
        register(
                SubsetVertex.class,
                (vertex, in, site) -> site.ops().slice(in.get(0), 1, vertex.getFrom(), vertex.getTo() + 1L));
        register(StackVertex.class, (vertex, in, site) -> site.ops().concat(0, in));
        register(UnstackVertex.class, (vertex, in, site) -> unstack(vertex, in.get(0), site.ops()));
        register(
                ScaleVertex.class,
                (vertex, in, site) -> site.ops().multiply(in.get(0), site.ops().scalar(vertex.getScaleFactor())));
        register(
                ShiftVertex.class,
                (vertex, in, site) -> site.ops().add(in.get(0), site.ops().scalar(vertex.getShiftFactor())));
        register(L2NormalizeVertex.class, (vertex, in, site) -> normalize(vertex, in.get(0), site.ops()));
        register(L2Vertex.class, (vertex, in, site) -> distance(in, site.ops()));
        register(PoolHelperVertex.class, (vertex, in, site) -> withoutFirst(in.get(0), site.ops()));
        register(
                PreprocessorVertex.class,
                (vertex, in, site) -> Preprocessors.write(vertex.getPreProcessor(), in.get(0), site.ops()));
        register(ReshapeVertex.class, (vertex, in, site) -> reshape(vertex, in.get(0), site.ops()));
        register(
                LastTimeStepVertex.class,
                (vertex, in, site) -> site.ops().pick(in.get(0), 2, in.get(0).size(2) - 1));
        register(DuplicateToTimeSeriesVertex.class, Vertices::duplicate);
        register(ReverseTimeSeriesVertex.class, (vertex, in, site) -> reverse(in.get(0), site.ops()));
        register(FrozenVertex.class, (vertex, in, site) -> write(vertex.getUnderlying(), in, site));
    }

    private Vertices() {}

    private static <V extends GraphVertex> void register(Class<V> type, VertexExport<? super V> rule) {
        TABLE.put(type, rule);
    }

    /** The vertex types that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    @SuppressWarnings("unchecked")
    static Value write(GraphVertex vertex, List<Value> inputs, VertexSite site) {
        VertexExport<GraphVertex> rule = (VertexExport<GraphVertex>) TABLE.get(vertex.getClass());
        if (rule == null) {
            throw new NotExportable(
                    "no rule for vertices of type " + vertex.getClass().getSimpleName());
        }
        return rule.write(vertex, inputs, site);
    }

    private static Value elementWise(ElementWiseVertex vertex, List<Value> in, Operators ops) {
        String operator = switch (vertex.getOp()) {
            case Add, Average -> "Add";
            case Subtract -> "Sub";
            case Product -> "Mul";
            case Max -> "Max";
        };
        Value result = in.stream().reduce((a, b) -> ops.binary(operator, a, b)).orElseThrow();
        return vertex.getOp() == ElementWiseVertex.Op.Average ? ops.multiply(result, 1.0 / in.size()) : result;
    }

    /** One of the parts that were stacked along the examples. */
    private static Value unstack(UnstackVertex vertex, Value x, Operators ops) {
        int parts = vertex.getStackSize();
        if (x.size(0) % parts != 0) {
            throw new NotExportable(
                    "what is taken apart must have been stacked before, " + parts + " parts of any number of examples");
        }
        long rows = x.size(0) / parts;
        long[] ofExample = Dims.ofExample(x.dims());
        Value cut = ops.reshape(x, Dims.batched(parts, Dims.batched(rows, ofExample)));
        return ops.pick(cut, 0, vertex.getFrom());
    }

    private static int[] axesOfExample(Value x) {
        return IntStream.range(1, x.rank()).toArray();
    }

    private static Value normalize(L2NormalizeVertex vertex, Value x, Operators ops) {
        int[] axes = vertex.getDimension() == null || vertex.getDimension().length == 0
                ? axesOfExample(x)
                : vertex.getDimension();
        Value norm = ops.reduce("ReduceL2", x, Operators.Axes.KEPT, axes);
        return ops.binary("Div", x, ops.binary("Max", norm, ops.scalar(vertex.getEps())));
    }

    private static Value distance(List<Value> in, Operators ops) {
        Value difference = ops.binary("Sub", in.get(0), in.get(1));
        Value norm = ops.reduce("ReduceL2", difference, Operators.Axes.DROPPED, axesOfExample(difference));
        return ops.unsqueeze(norm, 1);
    }

    private static Value withoutFirst(Value x, Operators ops) {
        return ops.slice(ops.slice(x, 2, 1, x.size(2)), 3, 1, x.size(3));
    }

    private static Value reshape(ReshapeVertex vertex, Value x, Operators ops) {
        int[] shape = vertex.getNewShape();
        if (vertex.getReshapeOrder() != 'c' || shape[0] != -1) {
            throw new NotExportable("a reshape must be in order c and begin with -1, got order "
                    + vertex.getReshapeOrder() + " and " + Arrays.toString(shape));
        }
        long[] ofExample = Arrays.stream(shape).skip(1).asLongStream().toArray();
        long[] before = Dims.ofExample(x.dims());
        long rows = x.size(0) * Dims.product(before) / Dims.product(ofExample);
        return ops.reshape(x, Dims.batched(rows, ofExample));
    }

    /** A vector at every step of another input's series. */
    private static Value duplicate(DuplicateToTimeSeriesVertex vertex, List<Value> in, VertexSite site) {
        Operators ops = site.ops();
        Value series = site.value(vertex.getInputName());
        Value one = ops.unsqueeze(in.get(0), 2);
        return ops.write(
                "Expand",
                new long[] {one.size(0), one.size(1), series.size(2)},
                List.of(one, ops.longs(1, 1, series.size(2))));
    }

    private static Value reverse(Value x, Operators ops) {
        // a slice with step -1: from the last position to one before the first, which no index but a very small one is
        return ops.write(
                "Slice", x.dims(), List.of(x, ops.longs(-1), ops.longs(-x.size(2) - 1), ops.longs(2), ops.longs(-1)));
    }
}
