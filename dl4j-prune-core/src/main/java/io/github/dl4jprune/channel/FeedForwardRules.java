package io.github.dl4jprune.channel;

import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;

/** Dense layers and embeddings: W [in, out], b [out]. */
final class FeedForwardRules {
    private FeedForwardRules() {}

    static void register() {
        LayerRules.register(DenseLayer.class, FeedForwardRules::dense);
        LayerRules.register(EmbeddingLayer.class, FeedForwardRules::embedding);
        LayerRules.register(EmbeddingSequenceLayer.class, FeedForwardRules::embeddingSequence);
        LayerRules.register(ElementWiseMultiplicationLayer.class, FeedForwardRules::elementWiseMultiplication);
    }

    private static Activation dense(DenseLayer layer, LayerTrace trace) {
        int[] out = weights(layer, layer.hasBias(), trace);
        if (layer.hasLayerNorm()) {
            trace.output("g", 0, out);
            trace.pin(out, PinReason.LAYER_NORMALIZATION, "");
        }
        // a dense layer put behind a time series acts on every step
        int rank = trace.input().rank() == 3 ? 3 : 2;
        int axis = rank == 3 ? trace.input().axis() : 1;
        return ActivationFunctions.apply(layer.getActivationFn(), new Activation(out, rank, axis, true), trace);
    }

    /** Records W and b of a layer of that shape, and returns the channels it produces. */
    static int[] weights(FeedForwardLayer layer, boolean hasBias, LayerTrace trace) {
        trace.input("W", 0, trace.read(layer.getNIn()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 1, out);
        if (hasBias) {
            trace.output("b", 0, out);
        }
        return out;
    }

    private static Activation embedding(EmbeddingLayer layer, LayerTrace trace) {
        trace.pinInput(PinReason.NETWORK_INPUT, "indices");
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 1, out);
        if (layer.hasBias()) {
            trace.output("b", 0, out);
        }
        return ActivationFunctions.apply(layer.getActivationFn(), new Activation(out, 2, 1, true), trace);
    }

    private static Activation embeddingSequence(EmbeddingSequenceLayer layer, LayerTrace trace) {
        trace.pinInput(PinReason.NETWORK_INPUT, "indices");
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 1, out);
        if (layer.isHasBias()) {
            trace.output("b", 0, out);
        }
        int axis = ConvolutionRules.channelAxis(layer.getOutputFormat());
        return ActivationFunctions.apply(layer.getActivationFn(), new Activation(out, 3, axis, true), trace);
    }

    private static Activation elementWiseMultiplication(ElementWiseMultiplicationLayer layer, LayerTrace trace) {
        int[] ids = trace.read(layer.getNIn());
        trace.owns(ids);
        trace.output("W", 1, ids);
        trace.output("b", 0, ids);
        return ActivationFunctions.apply(layer.getActivationFn(), new Activation(ids, 2, 1, true), trace);
    }
}
