package io.github.dl4jprune.channel;

import io.github.dl4jprune.channel.ParameterAxis.Side;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.Layer;

/** What a {@link LayerRule} sees of one layer, and how it says what it knows. */
final class LayerTrace {
    private final Trace trace;
    private final String node;
    private final String keyPrefix;
    private final boolean frozen;
    private final Activation input;

    LayerTrace(Trace trace, String node, String keyPrefix, boolean frozen, Activation input) {
        this.trace = trace;
        this.node = node;
        this.keyPrefix = keyPrefix;
        this.frozen = frozen;
        this.input = input;
    }

    /** What the layer reads, behind its preprocessor. */
    Activation input() {
        return input;
    }

    /** Follows a wrapped layer whose parameter keys carry one more prefix. */
    Activation follow(Layer wrapped, String prefix, boolean wrappedIsFrozen) {
        LayerTrace inner = new LayerTrace(trace, node, keyPrefix + prefix, frozen || wrappedIsFrozen, input);
        return LayerRules.trace(wrapped, inner);
    }

    /** The ids the layer reads; all fixed where the width of the input is not known. */
    int[] read(long nIn) {
        if (!input.isOpaque()) {
            int[] ids = input.ids();
            if (ids.length != nIn) {
                throw new IllegalArgumentException("layer \"" + node + "\": nIn must be the width of what it reads, "
                        + ids.length + ", got " + nIn);
            }
            return ids;
        }
        Activation.Missing missing = input.missing();
        if (missing != null && nIn > missing.others()) {
            trace.inputWidths.putIfAbsent(missing.input(), Math.toIntExact(nIn - missing.others()));
        }
        int[] fixed = new int[Math.toIntExact(nIn)];
        Arrays.fill(fixed, ParameterAxis.FIXED);
        return fixed;
    }

    /** Numbers the channels the layer produces. */
    int[] produce(long nOut) {
        int[] ids = trace.produce(node, nOut, frozen);
        trace.units.merge(node, ids, (first, second) -> first);
        return ids;
    }

    /** Says that the layer's own parameters index these channels, though it does not produce them. */
    void owns(int[] ids) {
        trace.units.put(node, ids);
    }

    void output(String key, int axis, int[] ids) {
        trace.axes.add(new ParameterAxis(node, keyPrefix + key, axis, Side.OUTPUT, ids, 1));
    }

    void input(String key, int axis, int[] ids) {
        input(key, axis, ids, 1);
    }

    /** As {@link #input(String, int, int[])}, for layers that do not work with fewer positions than {@code least}. */
    void input(String key, int axis, int[] ids, int least) {
        trace.axes.add(new ParameterAxis(node, keyPrefix + key, axis, Side.INPUT, ids, least));
    }

    void unite(int[] a, int[] b) {
        trace.unite(a, b, pinned(PinReason.NETWORK_INPUT, ""));
    }

    void pin(int[] ids, PinReason reason, String detail) {
        trace.pin(ids, pinned(reason, detail));
    }

    /** Pins what the layer reads. */
    void pinInput(PinReason reason, String detail) {
        trace.pin(input, pinned(reason, detail));
    }

    private Pin pinned(PinReason reason, String detail) {
        return new Pin(node, reason, detail);
    }
}
