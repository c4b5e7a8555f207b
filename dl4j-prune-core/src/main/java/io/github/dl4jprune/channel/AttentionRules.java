package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;

/** Attention: with projections the input may shrink; the output's width is kept. */
final class AttentionRules {
    private AttentionRules() {}

    static void register() {
        LayerRules.register(SelfAttentionLayer.class, AttentionRules::selfAttention);
    }

    /** Wq, Wk, Wv are [heads, headSize, in], Wo is [heads * headSize, out]. */
    private static Activation selfAttention(SelfAttentionLayer layer, LayerTrace trace) {
        if (!layer.isProjectInput()) {
            trace.pinInput(PinReason.ATTENTION, "without projection the input width scales the scores");
            return trace.input();
        }
        int[] in = trace.read(layer.getNIn());
        for (String key : Arrays.asList("Wq", "Wk", "Wv")) {
            trace.input(key, 2, in);
        }
        int[] out = trace.produce(layer.getNOut());
        trace.output("Wo", 1, out);
        trace.pin(out, PinReason.ATTENTION, "output of an attention layer");
        return new Activation(out, 3, 1, true);
    }
}
