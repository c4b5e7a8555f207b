package io.github.dl4jprune.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * Orders vertices so that each comes after those that feed it: by the length of the longest way from an input, and of
 * equal lengths as configured. Cost: linear in the number of edges.
 */
final class TopologicalOrder {
    private final Map<String, List<String>> readers = new HashMap<>();
    private final Map<String, Integer> missing = new HashMap<>();
    private final Map<String, Integer> depth = new HashMap<>();

    private TopologicalOrder(ComputationGraphConfiguration configuration) {
        for (String name : configuration.getVertices().keySet()) {
            List<String> inputs =
                    Objects.requireNonNull(configuration.getVertexInputs().get(name), name);
            missing.put(name, inputs.size());
            inputs.forEach(input ->
                    readers.computeIfAbsent(input, i -> new ArrayList<>()).add(name));
        }
    }

    /**
     * The names of all vertices, inputs left out.
     *
     * @throws IllegalArgumentException if they form a cycle
     */
    static List<String> of(ComputationGraphConfiguration configuration) {
        TopologicalOrder order = new TopologicalOrder(configuration);
        order.follow(configuration.getNetworkInputs());
        List<String> names = new ArrayList<>(configuration.getVertices().keySet());
        List<String> waiting = names.stream()
                .filter(name -> order.missing.getOrDefault(name, 0) > 0)
                .toList();
        if (!waiting.isEmpty()) {
            throw new IllegalArgumentException(
                    "vertices must form a graph without cycles, got a cycle among " + waiting);
        }
        names.sort(Comparator.comparing(name -> order.depth.getOrDefault(name, 0)));
        return names;
    }

    private void follow(List<String> inputs) {
        inputs.forEach(input -> depth.put(input, 0));
        Deque<String> ready = new ArrayDeque<>(inputs);
        while (!ready.isEmpty()) {
            String name = ready.remove();
            int below = depth.getOrDefault(name, 0) + 1;
            for (String reader : readers.getOrDefault(name, List.of())) {
                depth.merge(reader, below, Math::max);
                if (missing.merge(reader, -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
    }
}
