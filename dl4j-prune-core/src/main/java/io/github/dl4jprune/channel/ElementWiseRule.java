package io.github.dl4jprune.channel;

import java.util.List;

/** Element-wise vertices: position by position, one channel of each input makes one channel of the output. */
final class ElementWiseRule {
    private ElementWiseRule() {}

    static Activation trace(VertexTrace trace) {
        int width = trace.inputs().stream()
                .filter(input -> !input.isOpaque())
                .mapToInt(input -> input.ids().length)
                .max()
                .orElse(0);
        List<Activation> full = trace.inputs().stream()
                .filter(input -> !input.isOpaque() && input.ids().length == width)
                .toList();
        if (full.isEmpty() || (width == 1 && trace.anyOpaque())) {
            trace.pinInputs(PinReason.UNKNOWN_WIDTH, "combined with an activation of unknown width");
            return Activation.opaque(trace.layout().rank(), trace.layout().axis());
        }
        Pin ifFixed = trace.pinned(PinReason.NETWORK_INPUT, "tied to an input of the network");
        full.forEach(input -> trace.trace().unite(full.get(0).ids(), input.ids(), ifFixed));
        pinOthers(trace, full.get(0), width);
        Activation layout = widest(full);
        return new Activation(full.get(0).ids(), layout.rank(), layout.axis(), trace.allSilent());
    }

    private static void pinOthers(VertexTrace trace, Activation full, int width) {
        for (Activation input : trace.inputs()) {
            if (input.isOpaque()) {
                trace.trace()
                        .pin(full, trace.pinned(PinReason.UNKNOWN_WIDTH, "tied to an activation of unknown width"));
            } else if (input.ids().length != width) {
                trace.trace().pin(input, trace.pinned(PinReason.BROADCAST, "broadcast over " + width + " channels"));
            }
        }
    }

    private static Activation widest(List<Activation> inputs) {
        return inputs.stream().reduce((a, b) -> b.rank() > a.rank() ? b : a).orElseThrow();
    }
}
