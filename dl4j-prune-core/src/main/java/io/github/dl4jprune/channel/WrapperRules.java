package io.github.dl4jprune.channel;

import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;

/** Layers around other layers. */
final class WrapperRules {
    private WrapperRules() {}

    static void register() {
        LayerRules.register(FrozenLayer.class, (layer, trace) -> trace.follow(layer.getLayer(), "", true));
        LayerRules.register(
                FrozenLayerWithBackprop.class, (layer, trace) -> trace.follow(layer.getUnderlying(), "", true));
        LayerRules.register(MaskZeroLayer.class, (layer, trace) -> trace.follow(layer.getUnderlying(), "", false));
        LayerRules.register(TimeDistributed.class, WrapperRules::timeDistributed);
        LayerRules.register(
                LastTimeStep.class,
                (layer, trace) -> trace.follow(layer.getUnderlying(), "", false).withLayout(2, 1));
    }

    private static Activation timeDistributed(TimeDistributed layer, LayerTrace trace) {
        Activation output = trace.follow(layer.getUnderlying(), "", false);
        return output.withLayout(3, ConvolutionRules.channelAxis(layer.getRnnDataFormat()));
    }
}
