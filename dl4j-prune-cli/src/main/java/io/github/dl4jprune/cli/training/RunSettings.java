package io.github.dl4jprune.cli.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What a run was told, defaults included.
 *
 * @param kind what they are called together, such as {@code options}
 * @param values in words
 */
record RunSettings(String kind, Map<String, String> values) {
    /** In place of a value that was not given. */
    static final String NONE = "not set";

    /** In words, what was other in a run before: {@code sparsity was 0.5 and is now 0.6}; empty if nothing. */
    String changesSince(JsonNode before) {
        Map<String, String> old = new LinkedHashMap<>();
        before.fields()
                .forEachRemaining(
                        field -> old.put(field.getKey(), field.getValue().asText()));
        return Stream.concat(values.keySet().stream(), old.keySet().stream())
                .distinct()
                .filter(key -> !old.getOrDefault(key, NONE).equals(values.getOrDefault(key, NONE)))
                .map(key -> "%s was %s and is now %s"
                        .formatted(key, old.getOrDefault(key, NONE), values.getOrDefault(key, NONE)))
                .collect(Collectors.joining(", "));
    }
}
