package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the shortest beginning of a removal order that meets a budget, by bisection: costs only fall. The last step is
 * then replaced by that step of another group which meets the budget most closely.
 */
final class BudgetSearch {
    private static final double CLOSE = 0.01;

    private final ChannelGraph graph;
    private final List<GroupPlan> plans;
    private final List<RemovalStep> order;
    private final CostModel costs;
    private final Cost before;

    BudgetSearch(ChannelGraph graph, List<GroupPlan> plans, List<RemovalStep> order, CostModel costs) {
        this.graph = graph;
        this.plans = plans;
        this.order = order;
        this.costs = costs;
        this.before = costs.of(ChannelMask.none(graph));
    }

    Selection select(SelectionRequest request) {
        Budget budget = request.budget();
        requireCosts(budget);
        List<RemovalStep> steps = order.stream()
                .filter(step -> request.sparsity().isEmpty()
                        || step.removed()
                                <= plans.get(step.plan())
                                        .removedAt(request.sparsity().getAsDouble()))
                .toList();
        if (slack(budget, after(steps, steps.size())) < 0) {
            throw new IllegalArgumentException(
                    budget.unreachable(request.sparsity(), before, costs.of(mask(after(steps, steps.size())))));
        }
        int low = -1;
        int high = steps.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (slack(budget, after(steps, middle)) >= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        int[] removed = high == 0 ? after(steps, 0) : closest(budget, steps, high);
        double slack = slack(budget, removed);
        String note = slack > CLOSE && high > 0
                ? String.format(
                        Locale.ROOT,
                        "the smallest steps possible end %.4f below the budget, not within %.2f",
                        slack,
                        CLOSE)
                : "";
        return new Outcome(graph, plans, request).selection(removed, note);
    }

    /** The state after step {@code count - 1}, or after another group's next step if that misses the budget by less. */
    private int[] closest(Budget budget, List<RemovalStep> steps, int count) {
        int[] base = after(steps, count - 1);
        int[] best = after(steps, count);
        double smallest = slack(budget, best);
        Set<Integer> tried = new HashSet<>();
        for (RemovalStep step : steps.subList(count - 1, steps.size())) {
            if (smallest <= CLOSE) {
                break;
            }
            if (tried.add(step.plan())) {
                int[] candidate = base.clone();
                candidate[step.plan()] = step.removed();
                double slack = slack(budget, candidate);
                if (slack >= 0 && slack < smallest) {
                    best = candidate;
                    smallest = slack;
                }
            }
        }
        return best;
    }

    private int[] after(List<RemovalStep> steps, int count) {
        int[] removed = Selector.fixed(plans);
        for (RemovalStep step : steps.subList(0, count)) {
            removed[step.plan()] = step.removed();
        }
        return removed;
    }

    private ChannelMask mask(int[] removed) {
        return Selector.mask(graph, plans, removed);
    }

    private double slack(Budget budget, int[] removed) {
        return budget.slack(before, costs.of(mask(removed)));
    }

    private void requireCosts(Budget budget) {
        if (budget.macs().isPresent() && before.macs() == 0) {
            throw new IllegalArgumentException(
                    "budget macs must be for a network whose multiply-adds are known;" + " state the input shape");
        }
    }
}
