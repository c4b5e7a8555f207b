package io.github.dl4jprune.onnx;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.util.TimeSeriesUtils;

/** Layers around other layers. */
final class Wrappers {
    private Wrappers() {}

    static void register() {
        Layers.register(FrozenLayer.class, (layer, input, site) -> Layers.write(layer.getLayer(), input, site));
        Layers.register(
                FrozenLayerWithBackprop.class,
                (layer, input, site) -> Layers.write(layer.getUnderlying(), input, site));
        Layers.register(Bidirectional.class, Wrappers::bidirectional);
        Layers.register(LastTimeStep.class, Wrappers::lastTimeStep);
        Layers.register(TimeDistributed.class, Wrappers::timeDistributed);
    }

    private static Value bidirectional(Bidirectional layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        Value forward = Layers.write(layer.getFwd(), input, site.half("f", LayerSite.Direction.FORWARD));
        Value backward = Layers.write(layer.getBwd(), input, site.half("b", LayerSite.Direction.REVERSE));
        return switch (layer.getMode()) {
            case ADD -> ops.add(forward, backward);
            case MUL -> ops.multiply(forward, backward);
            case AVERAGE -> ops.multiply(ops.add(forward, backward), 0.5);
            case CONCAT -> ops.concat(order(layer.getFwd()).axis(3), java.util.List.of(forward, backward));
        };
    }

    private static Value lastTimeStep(LastTimeStep layer, Value input, LayerSite site) {
        Value series = Layers.write(layer.getUnderlying(), input, site);
        int time = order(layer.getUnderlying()) == ChannelOrder.LAST ? 1 : 2;
        return site.ops().pick(series, time, series.size(time) - 1);
    }

    private static ChannelOrder order(Layer layer) {
        RNNFormat format = TimeSeriesUtils.getFormatFromRnnLayer(layer);
        return ChannelOrder.of(format);
    }

    /** Every time step by itself, examples slowest. */
    private static Value timeDistributed(TimeDistributed layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getRnnDataFormat());
        Value steps = order == ChannelOrder.LAST ? input : ops.transpose(input, 0, 2, 1);
        Value rows = ops.reshape(steps, steps.size(0) * steps.size(1), steps.size(2));
        Value written = Layers.write(layer.getUnderlying(), rows, site);
        Value series = ops.reshape(written, steps.size(0), steps.size(1), written.size(1));
        return order == ChannelOrder.LAST ? series : ops.transpose(series, 0, 2, 1);
    }
}
