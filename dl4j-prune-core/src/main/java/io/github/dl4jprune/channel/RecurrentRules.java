package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;

/**
 * Recurrent layers. An LSTM's W is [in, 4n], RW [n, 4n] (and three peephole columns for Graves'), b [4n], the four gates
 * one after the other: unit i lies at columns i, n + i, 2n + i, 3n + i and at row i of RW.
 */
@SuppressWarnings("deprecation") // Graves' LSTMs are deprecated, and saved networks have them
final class RecurrentRules {
    private static final int GATES = 4;
    private static final int PEEPHOLES = 3;

    private RecurrentRules() {}

    static void register() {
        LayerRules.register(LSTM.class, (layer, trace) -> lstm(layer, trace, 0));
        LayerRules.register(GravesLSTM.class, (layer, trace) -> lstm(layer, trace, PEEPHOLES));
        LayerRules.register(GravesBidirectionalLSTM.class, RecurrentRules::gravesBidirectional);
        LayerRules.register(SimpleRnn.class, RecurrentRules::simpleRnn);
        LayerRules.register(Bidirectional.class, RecurrentRules::bidirectional);
    }

    private static int[] gates(int[] units, int extraColumns) {
        int[] columns = Arrays.copyOf(Activation.tile(units, GATES), GATES * units.length + extraColumns);
        Arrays.fill(columns, GATES * units.length, columns.length, ParameterAxis.FIXED);
        return columns;
    }

    private static Activation lstm(AbstractLSTM layer, LayerTrace trace, int peepholes) {
        int[] in = trace.read(layer.getNIn());
        int[] units = trace.produce(layer.getNOut());
        trace.input("W", 0, in);
        trace.output("W", 1, gates(units, 0));
        trace.output("RW", 0, units);
        trace.output("RW", 1, gates(units, peepholes));
        trace.output("b", 0, gates(units, 0));
        mixingGatePins(layer.getGateActivationFn(), units, trace);
        return output(layer, layer.getActivationFn(), units, trace);
    }

    private static Activation gravesBidirectional(GravesBidirectionalLSTM layer, LayerTrace trace) {
        int[] in = trace.read(layer.getNIn());
        int[] units = trace.produce(layer.getNOut());
        for (String direction : new String[] {"F", "B"}) {
            trace.input("W" + direction, 0, in);
            trace.output("W" + direction, 1, gates(units, 0));
            trace.output("RW" + direction, 0, units);
            trace.output("RW" + direction, 1, gates(units, PEEPHOLES));
            trace.output("b" + direction, 0, gates(units, 0));
        }
        mixingGatePins(layer.getGateActivationFn(), units, trace);
        return output(layer, layer.getActivationFn(), units, trace);
    }

    private static Activation simpleRnn(SimpleRnn layer, LayerTrace trace) {
        int[] in = trace.read(layer.getNIn());
        int[] units = trace.produce(layer.getNOut());
        trace.input("W", 0, in);
        trace.output("W", 1, units);
        trace.output("RW", 0, units);
        trace.output("RW", 1, units);
        trace.output("b", 0, units);
        if (layer.hasLayerNorm()) {
            trace.output("g", 0, Activation.tile(units, 2));
            trace.pin(units, PinReason.LAYER_NORMALIZATION, "");
        }
        return output(layer, layer.getActivationFn(), units, trace);
    }

    private static void mixingGatePins(IActivation gate, int[] units, LayerTrace trace) {
        ActivationFunctions.apply(gate, new Activation(units, 3, 1, true), trace);
    }

    private static Activation output(BaseRecurrentLayer layer, IActivation function, int[] units, LayerTrace trace) {
        RNNFormat format = layer.getRnnDataFormat() == null ? RNNFormat.NCW : layer.getRnnDataFormat();
        Activation plain = new Activation(units, 3, ConvolutionRules.channelAxis(format), true);
        return ActivationFunctions.apply(function, plain, trace);
    }

    /** Both directions have one width in DL4J's configuration, so unit i of one goes with unit i of the other. */
    private static Activation bidirectional(Bidirectional layer, LayerTrace trace) {
        Activation forward = trace.follow(layer.getFwd(), "f", false);
        Activation backward = trace.follow(layer.getBwd(), "b", false);
        if (forward.isOpaque() || backward.isOpaque()) {
            return forward;
        }
        trace.unite(forward.ids(), backward.ids());
        if (layer.getMode() != Bidirectional.Mode.CONCAT) {
            return forward.withSilence(forward.silent() && backward.silent());
        }
        int n = forward.ids().length;
        int[] both = Arrays.copyOf(forward.ids(), 2 * n);
        System.arraycopy(backward.ids(), 0, both, n, n);
        return forward.withIds(both);
    }
}
