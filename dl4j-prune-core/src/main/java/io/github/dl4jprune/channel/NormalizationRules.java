package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PReLULayer;

/** Normalisations, and PReLU, whose slopes are laid out like the activation itself. */
final class NormalizationRules {
    private NormalizationRules() {}

    static void register() {
        LayerRules.register(BatchNormalization.class, NormalizationRules::batchNormalization);
        LayerRules.register(LocalResponseNormalization.class, NormalizationRules::localResponse);
        LayerRules.register(PReLULayer.class, NormalizationRules::prelu);
    }

    private static Activation batchNormalization(BatchNormalization layer, LayerTrace trace) {
        int[] ids = trace.read(layer.getNIn());
        trace.owns(ids);
        if (!layer.isLockGammaBeta()) {
            trace.output("gamma", 0, ids);
            trace.output("beta", 0, ids);
        }
        trace.output("mean", 0, ids);
        trace.output(layer.isUseLogStd() ? "log10stdev" : "var", 0, ids);
        return trace.input().withIds(ids).withSilence(!layer.isLockGammaBeta());
    }

    private static Activation localResponse(LocalResponseNormalization layer, LayerTrace trace) {
        trace.pinInput(PinReason.LOCAL_RESPONSE_NORMALIZATION, "window of " + (int) layer.getN());
        return trace.input();
    }

    /** W has the shape of one example's activation, with 1 along shared axes. */
    private static Activation prelu(PReLULayer layer, LayerTrace trace) {
        Activation input = trace.input();
        if (input.isOpaque()) {
            return input;
        }
        int axis = input.axis() - 1;
        long[] shared = layer.getSharedAxes();
        boolean sharedChannels = shared != null && Arrays.stream(shared).anyMatch(a -> a == axis + 1);
        if (!sharedChannels) {
            trace.owns(input.ids());
            trace.output("W", axis, input.ids());
        }
        return input;
    }
}
