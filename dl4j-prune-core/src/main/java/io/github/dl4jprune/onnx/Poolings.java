package io.github.dl4jprune.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling by window: MaxPool, AveragePool, LpPool; over all positions: reductions. */
final class Poolings {
    /** From this opset on, AveragePool may be dilated. */
    private static final int DILATED_AVERAGES = 19;

    /** From this opset on, LpPool may be dilated. */
    private static final int DILATED_NORMS = 18;

    private Poolings() {}

    static void register() {
        Layers.register(SubsamplingLayer.class, Poolings::pool2d);
        Layers.register(Pooling2D.class, Poolings::pool2d);
        Layers.register(Subsampling1DLayer.class, Poolings::pool1d);
        Layers.register(Pooling1D.class, Poolings::pool1d);
        Layers.register(Subsampling3DLayer.class, Poolings::pool3d);
        Layers.register(GlobalPoolingLayer.class, Poolings::global);
    }

    private static Window.Settings settings(SubsamplingLayer layer) {
        return new Window.Settings(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    private static Value pool2d(SubsamplingLayer layer, Value input, LayerSite site) {
        return pool(layer, input, settings(layer), site);
    }

    private static Value pool1d(SubsamplingLayer layer, Value input, LayerSite site) {
        return pool(layer, input, settings(layer).first(1), site);
    }

    private static Value pool(SubsamplingLayer layer, Value input, Window.Settings settings, LayerSite site) {
        List<AttributeProto> more = new ArrayList<>();
        if (layer.getPoolingType() == PoolingType.AVG) {
            more.add(Attribute.of("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1L : 0L));
        } else if (layer.getPoolingType() == PoolingType.PNORM) {
            more.add(Attribute.of("p", (long) layer.getPnorm()));
        }
        Operation operation = new Operation(operator(layer.getPoolingType()), settings, more);
        return pool(operation, input, ChannelOrder.of(layer.getCnn2dDataFormat()), site.ops());
    }

    private static String operator(PoolingType type) {
        return switch (type) {
            case MAX -> "MaxPool";
            case AVG -> "AveragePool";
            case PNORM -> "LpPool";
            case SUM -> throw new NotExportable("DL4J has no pooling by sum over windows");
        };
    }

    /** M2.1 takes averages, without padding in the divisor, for anything that is not MAX. */
    private static Value pool3d(Subsampling3DLayer layer, Value input, LayerSite site) {
        Window.Settings settings = new Window.Settings(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
        String operator = operator(layer.getPoolingType() == PoolingType.MAX ? PoolingType.MAX : PoolingType.AVG);
        Operation operation = new Operation(operator, settings, List.of());
        return pool(operation, input, ChannelOrder.of(layer.getDataFormat()), site.ops());
    }

    /** An operator over windows, with what it needs beside them. */
    private record Operation(String operator, Window.Settings settings, List<AttributeProto> more) {}

    private static Value pool(Operation operation, Value input, ChannelOrder order, Operators ops) {
        String operator = operation.operator();
        Value x = ops.apart(order.toFirst(ops, input));
        Window window = Window.of(operation.settings(), Arrays.copyOfRange(x.dims(), 2, x.rank()));
        int since = operator.equals("AveragePool") ? DILATED_AVERAGES : operator.equals("LpPool") ? DILATED_NORMS : 0;
        if (window.dilated() && ops.opset() < since) {
            throw new NotExportable(operator + " with dilation needs opset " + since + ", got " + ops.opset());
        }
        List<AttributeProto> attributes = new ArrayList<>(window.attributes());
        attributes.addAll(operation.more());
        return order.fromFirst(
                ops,
                ops.write(
                        operator,
                        window.dims(x.size(0), x.size(1)),
                        List.of(x),
                        attributes.toArray(AttributeProto[]::new)));
    }

    /** Without stated axes DL4J pools over all from the third on, whatever the layout. */
    private static Value global(GlobalPoolingLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        int[] axes = layer.getPoolingDimensions() == null
                ? IntStream.range(2, input.rank()).toArray()
                : layer.getPoolingDimensions();
        Value pooled = switch (layer.getPoolingType()) {
            case MAX -> ops.reduce("ReduceMax", input, Operators.Axes.DROPPED, axes);
            case AVG -> ops.reduce("ReduceMean", input, Operators.Axes.DROPPED, axes);
            case SUM -> ops.reduce("ReduceSum", input, Operators.Axes.DROPPED, axes);
            case PNORM -> norm(layer.getPnorm(), input, axes, ops);
        };
        if (layer.isCollapseDimensions()) {
            return pooled;
        }
        long[] dims = new long[input.rank()];
        Arrays.fill(dims, 1);
        dims[0] = input.size(0);
        dims[1] = input.size(1);
        return ops.reshape(pooled, dims);
    }

    private static Value norm(int p, Value input, int[] axes, Operators ops) {
        Value powers = ops.binary("Pow", ops.unary("Abs", input), ops.scalar(p));
        Value sum = ops.reduce("ReduceSum", powers, Operators.Axes.DROPPED, axes);
        return ops.binary("Pow", sum, ops.scalar(1.0 / p));
    }
}
