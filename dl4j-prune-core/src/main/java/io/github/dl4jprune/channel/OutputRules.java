package io.github.dl4jprune.channel;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;

/** Output layers: what they put out is protected, what they read may shrink if weights stand between. */
final class OutputRules {
    private OutputRules() {}

    static void register() {
        LayerRules.register(OutputLayer.class, (layer, trace) -> weighted(layer, trace, 2, 1));
        LayerRules.register(RnnOutputLayer.class, OutputRules::recurrent);
        LayerRules.register(CenterLossOutputLayer.class, OutputRules::centerLoss);
        LayerRules.register(LossLayer.class, OutputRules::weightless);
        LayerRules.register(RnnLossLayer.class, OutputRules::weightless);
        LayerRules.register(CnnLossLayer.class, OutputRules::weightless);
        LayerRules.register(Cnn3DLossLayer.class, OutputRules::weightless);
        LayerRules.register(Yolo2OutputLayer.class, OutputRules::weightless);
    }

    private static Activation weighted(BaseOutputLayer layer, LayerTrace trace, int rank, int axis) {
        int[] out = FeedForwardRules.weights(layer, layer.hasBias(), trace);
        trace.pin(out, PinReason.NETWORK_OUTPUT, "");
        return new Activation(out, rank, axis, false);
    }

    private static Activation recurrent(RnnOutputLayer layer, LayerTrace trace) {
        return weighted(layer, trace, 3, trace.input().axis());
    }

    /** The centres cL are [out, in]: one centre a class in the space of the layer's input. */
    private static Activation centerLoss(CenterLossOutputLayer layer, LayerTrace trace) {
        trace.input("cL", 1, trace.read(layer.getNIn()));
        return weighted(layer, trace, 2, 1);
    }

    private static Activation weightless(Layer layer, LayerTrace trace) {
        trace.pinInput(PinReason.NETWORK_OUTPUT, "read by a loss without weights");
        return trace.input();
    }
}
