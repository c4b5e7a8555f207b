package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Output layers, without their losses. In those for series and images, softmax runs over the channels. */
final class Outputs {
    private Outputs() {}

    static void register() {
        Layers.register(OutputLayer.class, Outputs::rows);
        Layers.register(CenterLossOutputLayer.class, Outputs::rows);
        Layers.register(
                LossLayer.class, (layer, input, site) -> Activations.write(layer.getActivationFn(), input, site.ops()));
        Layers.register(RnnOutputLayer.class, Outputs::series);
        Layers.register(
                RnnLossLayer.class,
                (layer, input, site) ->
                        alongChannels(layer.getActivationFn(), input, ChannelOrder.of(layer.getRnnDataFormat()), site));
        Layers.register(
                CnnLossLayer.class,
                (layer, input, site) ->
                        alongChannels(layer.getActivationFn(), input, ChannelOrder.of(layer.getFormat()), site));
        Layers.register(
                Cnn3DLossLayer.class,
                (layer, input, site) ->
                        alongChannels(layer.getActivationFn(), input, ChannelOrder.of(layer.getDataFormat()), site));
        Layers.register(Yolo2OutputLayer.class, Outputs::boxes);
    }

    private static Value rows(BaseOutputLayer layer, Value input, LayerSite site) {
        return Activations.write(layer.getActivationFn(), Denses.weighted(input, site), site.ops());
    }

    private static Value series(RnnOutputLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getRnnDataFormat());
        Value steps = order == ChannelOrder.LAST ? input : ops.transpose(input, 0, 2, 1);
        Value weights = site.constant("W");
        long[] dims = {steps.size(0), steps.size(1), weights.size(1)};
        Value z = ops.write("MatMul", dims, List.of(steps, weights));
        Value biased = site.has("b") ? ops.add(z, site.constant("b")) : z;
        Value y = Activations.write(layer.getActivationFn(), biased, ops);
        return order == ChannelOrder.LAST ? y : ops.transpose(y, 0, 2, 1);
    }

    private static Value alongChannels(IActivation function, Value input, ChannelOrder order, LayerSite site) {
        Operators ops = site.ops();
        Value last = order == ChannelOrder.LAST ? input : ChannelOrder.LAST.fromFirst(ops, input);
        Value y = Activations.write(function, last, ops);
        return order == ChannelOrder.LAST ? y : ChannelOrder.LAST.toFirst(ops, y);
    }

    /**
     * Each box has, along the channels: centre x and y (sigmoid), width and height (times those of its prior, exponential),
     * confidence (sigmoid), classes (softmax).
     */
    private static Value boxes(Yolo2OutputLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getFormat());
        Value x = order.toFirst(ops, input);
        INDArray priors = layer.getBoundingBoxes();
        long boxes = priors.size(0);
        long depth = x.size(1) / boxes;
        Value split = ops.reshape(x, x.size(0), boxes, depth, x.size(2), x.size(3));
        Value centre = ops.unary("Sigmoid", ops.slice(split, 2, 0, 2));
        Value sizes = ops.multiply(
                ops.unary("Exp", ops.slice(split, 2, 2, 4)),
                site.constant("priors", priors.dup('c').reshape('c', 1, boxes, 2, 1, 1)));
        Value confidence = ops.unary("Sigmoid", ops.slice(split, 2, 4, 5));
        Value classes = ops.softmax(ops.slice(split, 2, 5, depth), 2);
        Value joined = ops.concat(2, List.of(centre, sizes, confidence, classes));
        return order.fromFirst(ops, ops.reshape(joined, x.dims()));
    }
}
