package io.github.dl4jprune.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What {@code configuration.json} says before DL4J reads it: which kind of network it is, whether every class that it
 * names is there, and whether windows have a size. DL4J's own message for a missing class speaks of formats of 2018.
 */
final class Configuration {
    private static final List<String> WINDOWS = List.of("kernelSize", "stride", "dilation");

    private Configuration() {}

    enum Kind {
        LAYERS,
        GRAPH
    }

    static Kind check(Path file, String json) {
        JsonNode root = parse(file, json);
        missingClass(root).ifPresent(name -> {
            throw new ModelFileException(
                    file, "needs the class " + name + ", which is not on the classpath (a custom layer or function)");
        });
        impossibleWindow(root, "").ifPresent(window -> {
            throw new ModelFileException(file, "has " + window);
        });
        if (root.has("vertices") && root.has("networkInputs")) {
            return Kind.GRAPH;
        }
        if (root.has("confs")) {
            return Kind.LAYERS;
        }
        throw new ModelFileException(
                file, "has a configuration.json of neither a MultiLayerNetwork nor a ComputationGraph");
    }

    private static JsonNode parse(Path file, String json) {
        try {
            return StoredJson.tree(json);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(
                    file, "has a configuration.json that is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelFileException(file, "has an unreadable configuration.json: " + e.getMessage(), e);
        }
    }

    private static Optional<String> missingClass(JsonNode root) {
        Set<String> names = new LinkedHashSet<>();
        collect(root, names);
        return names.stream().filter(name -> !present(name)).findFirst();
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.path("@class").isTextual()) {
            names.add(node.path("@class").asText());
        }
        node.forEach(child -> collect(child, names));
    }

    /** A kernel, stride or dilation that DL4J would compute with, but never finish, divide by or look for in vain. */
    private static Optional<String> impossibleWindow(JsonNode node, String layer) {
        String name = node.path("layerName").asText(layer);
        for (String key : WINDOWS) {
            JsonNode sizes = node.path(key);
            if (sizes.isArray()) {
                Optional<String> rule = brokenRule(sizes, node.path("@class").asText());
                if (rule.isPresent()) {
                    return Optional.of("a layer \"" + name + "\" with " + key + " " + sizes + ": " + rule.get());
                }
            }
        }
        for (JsonNode child : node) {
            Optional<String> found = impossibleWindow(child, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> brokenRule(JsonNode sizes, String type) {
        int axes = type.contains("1D") ? 1 : type.contains("3D") ? 3 : 2;
        if (sizes.size() < axes) {
            return Optional.of("must have a size for each of " + axes + " axes");
        }
        for (JsonNode size : sizes) {
            if (!size.isInt() || size.asInt() < 1) {
                return Optional.of("must be at least 1");
            }
        }
        return Optional.empty();
    }

    private static boolean present(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Configuration.class.getClassLoader() : context;
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
