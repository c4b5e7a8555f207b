package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Granularity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;

/** Turns what one listener decided into a state that can be saved, and back. */
record StateOf(PruningTarget target, Timetable timetable, String listener) {

    PruningState state(Counts counts, Decision decision) {
        boolean filters = target.granularity() == Granularity.FILTER;
        return new PruningState(
                PruningState.NEWEST,
                listener,
                configuration(),
                counts.iterations(),
                counts.epochs(),
                counts.step(),
                counts.returned(),
                counts.held(),
                counts.folded().orElse(null),
                widths(decision.channels().map(ChannelMask::graph)),
                filters ? decision.channels().orElseThrow().classes() : null,
                filters ? null : PruningState.encode(decision.weights().positions()),
                decision.sparsities(),
                decision.sparsity(),
                List.copyOf(new TreeSet<>(decision.claims())));
    }

    Decision decision(PruningState state, NetworkView<? extends Model> network, Optional<ChannelGraph> graph) {
        requireSame("class", listener, state.listener());
        Map<String, String> own = configuration();
        own.forEach(
                (key, value) -> requireSame(key, value, state.configuration().getOrDefault(key, "")));
        if (!widths(graph).equals(state.widths())) {
            throw new IllegalArgumentException("pruning state must be of a network of these widths " + widths(graph)
                    + ", got one of " + state.widths());
        }
        Optional<ChannelMask> channels = graph.map(g ->
                ChannelMask.ofClasses(g, Optional.ofNullable(state.channels()).orElse(List.of())));
        WeightMask weights = channels.isPresent()
                ? WeightMask.of(network, channels.get())
                : WeightMask.of(
                        network,
                        PruningState.decode(Optional.ofNullable(state.weights()).orElse("")));
        return new Decision(weights, channels, state.sparsities(), state.sparsity(), Set.copyOf(state.claims()));
    }

    private static void requireSame(String key, String own, String saved) {
        if (!own.equals(saved)) {
            throw new IllegalArgumentException(
                    "listener must be built as the one that was saved: " + key + " " + saved + ", got " + own);
        }
    }

    private Map<String, String> configuration() {
        Map<String, String> all = new TreeMap<>();
        all.put("granularity", target.granularity().name());
        all.put("criterion", text(target.criterion()));
        all.put(
                "sparsity",
                target.sparsity().isPresent() ? String.valueOf(target.sparsity().getAsDouble()) : "none");
        all.put("layers", new TreeMap<>(target.layers()).toString());
        all.put("ignored", new TreeSet<>(target.ignored()).toString());
        all.put("schedule", text(timetable.schedule()));
        all.put("steps", timetable.steps().toString());
        return all;
    }

    /** Objects that print an address are named by their class. */
    private static String text(Object object) {
        String text = object.toString();
        return text.contains(object.getClass().getName() + "@")
                ? object.getClass().getName()
                : text;
    }

    private static Map<String, Integer> widths(Optional<ChannelGraph> graph) {
        Map<String, Integer> widths = new TreeMap<>();
        graph.ifPresent(g ->
                g.nodesWithUnits().forEach(node -> g.unitIds(node).ifPresent(ids -> widths.put(node, ids.length))));
        return widths;
    }
}
