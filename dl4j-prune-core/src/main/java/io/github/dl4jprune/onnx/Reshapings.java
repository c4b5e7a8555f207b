package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;

/** Layers without parameters that move values about: padding, cropping, upsampling, blocks; and those that do nothing. */
final class Reshapings {
    private Reshapings() {}

    static void register() {
        Layers.register(DropoutLayer.class, (layer, input, site) -> input);
        Layers.register(MaskLayer.class, (layer, input, site) -> input);
        Layers.register(
                ActivationLayer.class,
                (layer, input, site) -> Activations.write(layer.getActivationFn(), input, site.ops()));
        Layers.register(
                ZeroPadding1DLayer.class,
                (layer, input, site) -> pad(input, ChannelOrder.FIRST, layer.getPadding(), site.ops()));
        Layers.register(ZeroPaddingLayer.class, (layer, input, site) -> {
            ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
            return pad(input, order, layer.getPadding(), site.ops());
        });
        Layers.register(
                ZeroPadding3DLayer.class,
                (layer, input, site) -> pad(input, ChannelOrder.FIRST, layer.getPadding(), site.ops()));
        Layers.register(
                Cropping1D.class,
                (layer, input, site) -> crop(input, ChannelOrder.FIRST, layer.getCropping(), site.ops()));
        Layers.register(Cropping2D.class, (layer, input, site) -> {
            ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
            return crop(input, order, layer.getCropping(), site.ops());
        });
        Layers.register(
                Cropping3D.class,
                (layer, input, site) -> crop(input, ChannelOrder.FIRST, layer.getCropping(), site.ops()));
        registerBlocks();
    }

    private static void registerBlocks() {
        Layers.register(
                Upsampling1D.class,
                (layer, input, site) -> repeat(input, ChannelOrder.FIRST, layer.getSize(), site.ops()));
        Layers.register(
                Upsampling2D.class,
                (layer, input, site) -> repeat(input, ChannelOrder.of(layer.getFormat()), layer.getSize(), site.ops()));
        Layers.register(
                Upsampling3D.class,
                (layer, input, site) ->
                        repeat(input, ChannelOrder.of(layer.getDataFormat()), layer.getSize(), site.ops()));
        Layers.register(SpaceToDepthLayer.class, Reshapings::spaceToDepth);
        Layers.register(SpaceToBatchLayer.class, Reshapings::spaceToBatch);
    }

    /** Two numbers for each spatial axis: before and behind. */
    private static Value pad(Value input, ChannelOrder order, int[] padding, Operators ops) {
        int rank = input.rank();
        long[] pads = new long[2 * rank];
        for (int axis = 0; axis < rank - 2; axis++) {
            pads[axis + 2] = padding[2 * axis];
            pads[rank + axis + 2] = padding[2 * axis + 1];
        }
        return order.fromFirst(ops, ops.pad(order.toFirst(ops, input), pads));
    }

    private static Value crop(Value input, ChannelOrder order, int[] cropping, Operators ops) {
        int first = order == ChannelOrder.FIRST ? 2 : 1;
        Value result = input;
        for (int axis = 0; axis < input.rank() - 2; axis++) {
            long to = input.size(first + axis) - cropping[2 * axis + 1];
            result = ops.slice(result, first + axis, cropping[2 * axis], to);
        }
        return result;
    }

    private static Value repeat(Value input, ChannelOrder order, int[] times, Operators ops) {
        Value x = order.toFirst(ops, input);
        long[] dims = x.dims().clone();
        double[] scales = new double[x.rank()];
        scales[0] = 1;
        scales[1] = 1;
        for (int axis = 2; axis < x.rank(); axis++) {
            int factor = times[Math.min(axis - 2, times.length - 1)];
            dims[axis] *= factor;
            scales[axis] = factor;
        }
        Value resized = ops.write(
                "Resize",
                dims,
                List.of(x, Operators.ABSENT, ops.floats(scales)),
                Attribute.of("mode", "nearest"),
                Attribute.of("nearest_mode", "floor"),
                Attribute.of("coordinate_transformation_mode", "asymmetric"));
        return order.fromFirst(ops, resized);
    }

    /** Both number the new channels {@code (row * block + column) * C + c}. */
    private static Value spaceToDepth(SpaceToDepthLayer layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
        Value x = order.toFirst(site.ops(), input);
        long block = layer.getBlockSize();
        long[] dims = {x.size(0), x.size(1) * block * block, x.size(2) / block, x.size(3) / block};
        Value result = site.ops().write("SpaceToDepth", dims, List.of(x), Attribute.of("blocksize", block));
        return order.fromFirst(site.ops(), result);
    }

    /** Example {@code (row * blockWidth + column) * N + n}. */
    private static Value spaceToBatch(SpaceToBatchLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getFormat() == null ? CNN2DFormat.NCHW : layer.getFormat());
        int[][] padding = layer.getPadding();
        int[] flat = {padding[0][0], padding[0][1], padding[1][0], padding[1][1]};
        Value x = pad(order.toFirst(ops, input), ChannelOrder.FIRST, flat, ops);
        long rows = layer.getBlocks()[0];
        long columns = layer.getBlocks()[1];
        long height = x.size(2) / rows;
        long width = x.size(3) / columns;
        Value cut = ops.reshape(x, x.size(0), x.size(1), height, rows, width, columns);
        Value moved = ops.transpose(cut, 3, 5, 0, 1, 2, 4);
        Value result = ops.reshape(moved, x.size(0) * rows * columns, x.size(1), height, width);
        return order.fromFirst(ops, result);
    }
}
