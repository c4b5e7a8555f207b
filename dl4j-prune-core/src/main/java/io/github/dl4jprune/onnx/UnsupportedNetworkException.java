package io.github.dl4jprune.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A network has parts that cannot be exported; all of them are named, and nothing was written. */
public final class UnsupportedNetworkException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, String> reasons;

    /**
     * Names the parts.
     *
     * @param reasons what is the matter, by name of the layer or vertex
     */
    public UnsupportedNetworkException(Map<String, String> reasons) {
        super("network must have layers that ONNX can express, got "
                + reasons.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                        .collect(Collectors.joining("; ")));
        this.reasons = new LinkedHashMap<>(reasons);
    }

    /**
     * What is the matter.
     *
     * @return reasons by name of the layer or vertex, in network order
     */
    public Map<String, String> reasons() {
        return Map.copyOf(reasons);
    }
}
