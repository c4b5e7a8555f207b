package io.github.dl4jprune.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a vertex rule sees of one vertex that is no layer. */
record VertexTrace(Trace trace, String node, List<Activation> inputs) {
    Activation first() {
        return inputs.get(0);
    }

    Pin pinned(PinReason reason, String detail) {
        return new Pin(node, reason, detail);
    }

    void pinInputs(PinReason reason, String detail) {
        inputs.forEach(input -> trace.pin(input, pinned(reason, detail)));
    }

    boolean anyOpaque() {
        return inputs.stream().anyMatch(Activation::isOpaque);
    }

    boolean allSilent() {
        return inputs.stream().allMatch(Activation::silent);
    }

    /** An input whose rank is known, for the layout of what the vertex puts out. */
    Activation layout() {
        return inputs.stream()
                .filter(input -> input.rank() != Activation.ANY_RANK)
                .findFirst()
                .orElse(first());
    }

    /** The one input of unknown width, if its own missing part is all that is not known. */
    Activation.@Nullable Missing soleMissing() {
        List<Activation> opaque = inputs.stream().filter(Activation::isOpaque).toList();
        return opaque.size() == 1 ? opaque.get(0).missing() : null;
    }
}
