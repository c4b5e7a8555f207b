package io.github.dl4jprune.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The keys of one JSON object, read by type; what is missing or of another type is refused by file and key.
 *
 * @param file where it comes from
 * @param place the keys that lead to it, each followed by a dot; empty for the whole file
 * @param node the object
 */
record Fields(Path file, String place, JsonNode node) {
    Fields {
        if (!node.isObject()) {
            String key = place.isEmpty() ? "it" : "key \"" + place.substring(0, place.length() - 1) + "\"";
            throw new IllegalArgumentException("file \"" + file + "\": " + key + " must be a JSON object");
        }
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    Fields object(String key) {
        return new Fields(file, place + key + ".", present(key));
    }

    Optional<Fields> find(String key) {
        return has(key) ? Optional.of(object(key)) : Optional.empty();
    }

    /** The objects of an array. */
    List<Fields> objects(String key) {
        List<Fields> result = new ArrayList<>();
        for (JsonNode element : array(key)) {
            result.add(new Fields(file, place + key + "[" + result.size() + "].", element));
        }
        return result;
    }

    /** The texts of an array, or the one text that stands in its place. */
    List<String> texts(String key) {
        JsonNode value = present(key);
        if (!value.isArray()) {
            return List.of(text(key));
        }
        List<String> result = new ArrayList<>();
        value.forEach(element -> result.add(element.asText()));
        return result;
    }

    List<Double> numbers(String key) {
        List<Double> result = new ArrayList<>();
        for (JsonNode element : array(key)) {
            result.add(number(key, element));
        }
        return result;
    }

    String text(String key) {
        JsonNode value = present(key);
        if (!value.isValueNode()) {
            throw wrong(key, "a text");
        }
        return value.asText();
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    double number(String key) {
        return number(key, present(key));
    }

    @Nullable
    Double numberOrNull(String key) {
        return has(key) ? (Double) number(key) : null;
    }

    long count(String key) {
        if (!present(key).isIntegralNumber()) {
            throw wrong(key, "a whole number");
        }
        return node.get(key).asLong();
    }

    boolean flag(String key) {
        if (!present(key).isBoolean()) {
            throw wrong(key, "true or false");
        }
        return node.get(key).asBoolean();
    }

    /** Values by key, in the order of the file. */
    Map<String, JsonNode> entries() {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> all = node.fields();
        all.forEachRemaining(entry -> result.put(entry.getKey(), entry.getValue()));
        return result;
    }

    // what is not a number in JSON is written as a text: "NaN"
    private double number(String key, JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(key, "a number");
        };
    }

    private JsonNode array(String key) {
        if (!present(key).isArray()) {
            throw wrong(key, "a list");
        }
        return node.get(key);
    }

    private JsonNode present(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException("file \"%s\": key \"%s%s\" is missing".formatted(file, place, key));
        }
        return node.get(key);
    }

    private IllegalArgumentException wrong(String key, String kind) {
        return new IllegalArgumentException(
                "file \"%s\": key \"%s%s\" must be %s, got %s".formatted(file, place, key, kind, shortened(key)));
    }

    private String shortened(String key) {
        String value = node.path(key).toString();
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }
}
