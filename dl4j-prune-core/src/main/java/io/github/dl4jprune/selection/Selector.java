package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.SparsityCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns scores and a request into a mask. All groups' removals are laid into one order: by the fraction a group has lost
 * (local scope) or by score (global scope). A sparsity takes what it asks for; a budget takes the shortest beginning of
 * that order that meets it.
 */
public final class Selector {
    private final ChannelGraph graph;
    private final List<String> nodes;
    private final ChannelScores scores;

    /**
     * A selector.
     *
     * @param graph channels
     * @param nodes names of all nodes of the network
     * @param scores one for each removable class
     */
    public Selector(ChannelGraph graph, List<String> nodes, ChannelScores scores) {
        this.graph = graph;
        this.nodes = List.copyOf(nodes);
        this.scores = scores;
    }

    /**
     * Selects.
     *
     * @param request what to prune
     * @param costs asked for only if the request has a budget
     * @throws IllegalArgumentException if a layer is unknown or pinned, two layers of one group are given different
     *     sparsities, nothing can be pruned, or the budget cannot be met
     */
    public Selection select(SelectionRequest request, Supplier<CostModel> costs) {
        requireGroups();
        List<GroupPlan> plans = plans(request);
        if (!request.budget().isNone()) {
            return new BudgetSearch(graph, plans, order(plans, request.scope()), costs.get()).select(request);
        }
        double sparsity = request.sparsity().orElse(0);
        int[] removed = request.scope() == Scope.LOCAL ? local(plans, sparsity) : global(plans, sparsity);
        return new Outcome(graph, plans, request).selection(removed, "");
    }

    /**
     * Selects widths that meet a time at the least loss of score; the request's sparsity is the most that a group may lose,
     * its budget holds too, and its scope has no say.
     *
     * @param request what to prune
     * @param limit the time; where no widths were found that keep it and the budget, the narrowest ones come back, and it is
     *     for the caller to ask the model and {@link Budget}
     * @throws IllegalArgumentException if a layer is unknown or pinned, two layers of one group are given different
     *     sparsities, or nothing can be pruned
     */
    public Selection select(SelectionRequest request, LatencyLimit limit) {
        requireGroups();
        return new LatencySearch(graph, plans(request), scores, request, limit).select();
    }

    private void requireGroups() {
        if (graph.groups().isEmpty()) {
            throw new IllegalArgumentException("network must have channels that can be removed, got none");
        }
    }

    private List<GroupPlan> plans(SelectionRequest request) {
        GroupNames names = new GroupNames(graph);
        Map<ChannelGroup, Double> overrides = new HashMap<>();
        Map<ChannelGroup, String> setBy = new HashMap<>();
        request.layerSparsities().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    for (ChannelGroup group : names.prunableGroups(entry.getKey())) {
                        Double before = overrides.put(group, entry.getValue());
                        String other = setBy.put(group, entry.getKey());
                        if (before != null && !before.equals(entry.getValue())) {
                            throw new IllegalArgumentException("layers \"" + other + "\" and \"" + entry.getKey()
                                    + "\" must have the same sparsity, for they share channels, got " + before + " and "
                                    + entry.getValue());
                        }
                    }
                });
        Set<ChannelGroup> ignored = new HashSet<>();
        request.ignoredLayers().forEach(layer -> ignored.addAll(names.groups(layer)));
        Set<Integer> survivors = Survivors.of(graph, nodes, scores);
        List<GroupPlan> plans = new ArrayList<>();
        for (ChannelGroup group : graph.groups()) {
            Double override = overrides.get(group);
            List<Integer> order = scores.ranked(group).stream()
                    .filter(c -> !survivors.contains(c))
                    .toList();
            plans.add(new GroupPlan(
                    group,
                    order,
                    override == null ? OptionalDouble.empty() : OptionalDouble.of(override),
                    ignored.contains(group),
                    request.multipleOf()));
        }
        return plans;
    }

    private static int[] local(List<GroupPlan> plans, double sparsity) {
        int[] removed = fixed(plans);
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).free()) {
                removed[i] = plans.get(i).allowed(plans.get(i).removedAt(sparsity));
            }
        }
        return removed;
    }

    /** What groups with a sparsity of their own lose; 0 for all others. */
    static int[] fixed(List<GroupPlan> plans) {
        return plans.stream()
                .mapToInt(plan -> plan.ignored() || plan.override().isEmpty()
                        ? 0
                        : plan.allowed(plan.removedAt(plan.override().getAsDouble())))
                .toArray();
    }

    private int[] global(List<GroupPlan> plans, double sparsity) {
        int total = plans.stream()
                .filter(GroupPlan::free)
                .mapToInt(plan -> plan.group().width())
                .sum();
        int left = SparsityCount.removed(total, sparsity);
        int[] removed = fixed(plans);
        Set<Integer> closed = new HashSet<>();
        for (RemovalStep step : order(plans, Scope.GLOBAL)) {
            int more = step.removed() - removed[step.plan()];
            if (more <= left && !closed.contains(step.plan())) {
                removed[step.plan()] = step.removed();
                left -= more;
            } else {
                closed.add(step.plan());
            }
        }
        return removed;
    }

    private List<RemovalStep> order(List<GroupPlan> plans, Scope scope) {
        List<RemovalStep> steps = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).free()) {
                steps.addAll(steps(i, plans.get(i), scope));
            }
        }
        steps.sort(Comparator.comparingDouble(RemovalStep::key)
                .thenComparingInt(RemovalStep::plan)
                .thenComparingInt(RemovalStep::removed));
        return steps;
    }

    private List<RemovalStep> steps(int index, GroupPlan plan, Scope scope) {
        double groupMean = plan.group().classes().stream()
                .mapToDouble(scores::of)
                .average()
                .orElse(1);
        List<RemovalStep> steps = new ArrayList<>();
        double key = 0;
        for (int level = 1; level < plan.levels().size(); level++) {
            int before = plan.levels().get(level - 1);
            int after = plan.levels().get(level);
            double mean = plan.firstRemoved(after).subList(before, after).stream()
                    .mapToDouble(scores::of)
                    .average()
                    .orElse(0);
            double own =
                    scope == Scope.LOCAL ? (double) after / plan.group().width() : mean / Math.max(groupMean, 1e-30);
            key = Math.max(key, own);
            steps.add(new RemovalStep(index, after, key));
        }
        return steps;
    }

    static ChannelMask mask(ChannelGraph graph, List<GroupPlan> plans, int[] removed) {
        List<Integer> classes = new ArrayList<>();
        for (int i = 0; i < removed.length; i++) {
            classes.addAll(plans.get(i).firstRemoved(removed[i]));
        }
        return ChannelMask.ofClasses(graph, classes);
    }
}
