package io.github.dl4jprune.cli;

import io.github.dl4jprune.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;

/** One object of a YAML or JSON file (JSON is YAML); every refusal names the file and the key. */
final class ConfigNode {
    private final String path;
    private final JsonNode node;

    private ConfigNode(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    static ConfigNode empty() {
        return new ConfigNode("configuration", JsonNodeFactory.instance.objectNode());
    }

    static ConfigNode read(Path file) {
        String path = "configuration \"" + file + "\"";
        try {
            JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
            ConfigNode top = new ConfigNode(path, root);
            if (root == null || !root.isObject()) {
                throw top.refuse("must hold keys with values");
            }
            return top;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(path + ": is neither YAML nor JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + ": cannot be read: " + e, e);
        }
    }

    IllegalArgumentException refuse(String rule) {
        return new IllegalArgumentException(path + ": " + rule);
    }

    /** Refuses every other key, with the nearest of these. */
    void allow(String... keys) {
        for (String name : names()) {
            if (!List.of(keys).contains(name)) {
                throw refuse("unknown key \"" + name + "\"" + NearestName.hint(name, List.of(keys)));
            }
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Optional<ConfigNode> child(String key) {
        JsonNode child = node.get(key);
        if (child == null) {
            return Optional.empty();
        }
        if (!child.isObject()) {
            throw refuse("key \"" + key + "\" must hold keys with values, got " + child);
        }
        return Optional.of(new ConfigNode(path + ": " + key, child));
    }

    double number(String key, double otherwise) {
        return node.has(key) ? number(key) : otherwise;
    }

    double number(String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber()) {
            throw refuse("key \"" + key + "\" must be a number, got " + value);
        }
        return value.asDouble();
    }

    int whole(String key, int otherwise) {
        return node.has(key) ? whole(key) : otherwise;
    }

    int whole(String key) {
        JsonNode value = node.path(key);
        if (!value.isInt()) {
            throw refuse("key \"" + key + "\" must be a whole number, got " + value);
        }
        return value.asInt();
    }

    /** One of some names, in upper case. */
    String name(String key, String otherwise, List<String> allowed) {
        JsonNode value = node.get(key);
        String name = value == null ? otherwise : value.asText();
        if (!allowed.contains(name)) {
            throw refuse("key \"" + key + "\" must be one of " + String.join(" ", allowed) + ", got \"" + name + "\""
                    + NearestName.hint(name, allowed));
        }
        return name.toUpperCase(Locale.ROOT);
    }

    /** Runs code that refuses a value, and names the key too. */
    <T> T checked(String key, Supplier<T> code) {
        try {
            return code.get();
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith(path)
                    ? e
                    : refuse("key \"" + key + "\": " + e.getMessage());
        }
    }
}
