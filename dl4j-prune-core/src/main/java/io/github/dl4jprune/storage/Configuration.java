package io.github.dl4jprune.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What {@code configuration.json} says before DL4J reads it: which kind of network it is, and whether every class that it
 * names is there. DL4J's own message for a missing class speaks of formats of 2018.
 */
final class Configuration {
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
