package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.WidthGrid;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Finds widths that meet a time at the least loss of score, greedily: of all groups and all widths they may go down to, the
 * step with the least loss for what it takes off the excess, until no bound is exceeded; then, group by group, back up as far
 * as the bounds allow. A step may skip widths that save nothing, so widths come to lie where the measured staircase falls.
 *
 * <p>Loss of a group that keeps the part k of its score: {@code -producers * ln(k)}. Halves cost alike wherever they are
 * cut, and the last channels of a group are dear, so none is emptied for its speed alone.
 */
final class LatencySearch {
    private static final double ROUNDING = 1e-9;

    private final ChannelGraph graph;
    private final List<GroupPlan> plans;
    private final SelectionRequest request;
    private final LatencyLimit limit;
    private final PlannedLatency latency;
    private final CostModel costs;
    private final Cost before;
    private final List<List<Integer>> levels = new ArrayList<>();
    private final List<double[]> losses = new ArrayList<>();

    LatencySearch(
            ChannelGraph graph,
            List<GroupPlan> plans,
            ChannelScores scores,
            SelectionRequest request,
            LatencyLimit limit) {
        this.graph = graph;
        this.plans = plans;
        this.request = request;
        this.limit = limit;
        this.costs = limit.costs();
        this.before = costs.of(ChannelMask.none(graph));
        this.latency = new PlannedLatency(graph, plans, limit.model());
        for (GroupPlan plan : plans) {
            levels.add(levels(plan, request.sparsity()));
            losses.add(losses(plan, scores));
        }
    }

    /** Numbers of removed channels that leave a measured width; where no allowed one does, all that are allowed. */
    private static List<Integer> levels(GroupPlan plan, OptionalDouble sparsity) {
        if (!plan.free()) {
            return List.of();
        }
        int most = sparsity.isPresent() ? plan.removedAt(sparsity.getAsDouble()) : plan.most();
        List<Integer> allowed =
                plan.levels().stream().filter(level -> level <= most).toList();
        int width = plan.group().width();
        WidthGrid grid = WidthGrid.of(width);
        List<Integer> measured = allowed.stream()
                .filter(level -> level == 0 || grid.contains(width - level))
                .toList();
        return measured.size() > 1 ? measured : allowed;
    }

    /** Loss of score by number of removed channels. */
    private static double[] losses(GroupPlan plan, ChannelScores scores) {
        double all = plan.group().classes().stream().mapToDouble(scores::of).sum();
        int width = plan.group().width();
        double[] losses = new double[plan.most() + 1];
        double lost = 0;
        for (int removed = 1; removed < losses.length; removed++) {
            lost += scores.of(plan.firstRemoved(removed).get(removed - 1));
            // channels of no score are no free gift: a thousandth part of the loss goes by number
            double kept = 0.999 * (all > 0 ? Math.max(0, 1 - lost / all) : 1) + 0.001 * (width - removed) / width;
            losses[removed] = -plan.group().producers().size() * Math.log(kept);
        }
        return losses;
    }

    /** Widths that keep all bounds, or, if none were found that do, the narrowest. */
    Selection select() {
        int[] removed = Selector.fixed(plans);
        while (excess(removed) > 0) {
            Step best = best(removed);
            if (best == null) {
                break;
            }
            removed[best.plan] = best.level;
        }
        Cost after = costs.of(Selector.mask(graph, plans, removed));
        if (request.budget().excess(before, after) > 0) {
            throw new IllegalArgumentException(request.budget().unreachable(request.sparsity(), before, after));
        }
        if (excess(removed) <= 0) {
            backUp(removed);
            trade(removed);
        }
        return new Outcome(graph, plans, request).decidedByTime().selection(removed, "");
    }

    private record Step(int plan, int level) {}

    /** The step of least loss for what it takes off the excess; if none takes anything off, the cheapest; none left: null. */
    private @Nullable Step best(int[] removed) {
        double millis = latency.millis(removed);
        double excess = excess(millis, removed);
        Step best = null;
        Step cheapest = null;
        double price = Double.POSITIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (int plan = 0; plan < removed.length; plan++) {
            for (int level : levels.get(plan)) {
                double loss = level > removed[plan] ? losses.get(plan)[level] - losses.get(plan)[removed[plan]] : 0;
                if (level > removed[plan] && loss < least) {
                    least = loss;
                    cheapest = new Step(plan, level);
                }
                double saved = level > removed[plan] ? excess - excessAfter(millis, removed, plan, level) : 0;
                if (saved > 0 && loss / saved < price) {
                    price = loss / saved;
                    best = new Step(plan, level);
                }
            }
        }
        return best == null ? cheapest : best;
    }

    /** Gives channels back where no bound minds, most score first. */
    private void backUp(int[] removed) {
        Step best;
        do {
            double millis = latency.millis(removed);
            best = null;
            double most = 0;
            for (int plan = 0; plan < removed.length; plan++) {
                for (int level : levels.get(plan)) {
                    double gain = losses.get(plan)[removed[plan]] - losses.get(plan)[Math.min(level, removed[plan])];
                    if (gain > most && excessAfter(millis, removed, plan, level) <= 0) {
                        most = gain;
                        best = new Step(plan, level);
                    }
                }
            }
            if (best != null) {
                removed[best.plan] = best.level;
            }
        } while (best != null);
    }

    /** Lets one group go down for another to go up, as long as that loses less score; ends, for every trade loses less. */
    private void trade(int[] removed) {
        boolean better = true;
        while (better) {
            better = false;
            for (int plan = 0; plan < removed.length && !better; plan++) {
                for (int level : levels.get(plan)) {
                    int[] down = removed.clone();
                    down[plan] = level;
                    if (level > removed[plan] && traded(down, removed, plan)) {
                        better = true;
                        break;
                    }
                }
            }
        }
    }

    /** Whether some other plan going up by one level makes good what one plan going down lost; then both are done. */
    private boolean traded(int[] down, int[] removed, int lowered) {
        double lost = losses.get(lowered)[down[lowered]] - losses.get(lowered)[removed[lowered]];
        double millis = latency.millis(down);
        for (int plan = 0; plan < removed.length; plan++) {
            int level = levelAbove(plan, removed[plan]);
            double regained = losses.get(plan)[removed[plan]] - losses.get(plan)[level];
            if (plan != lowered && regained > lost * (1 + 1e-9) && excessAfter(millis, down, plan, level) <= 0) {
                removed[lowered] = down[lowered];
                removed[plan] = level;
                return true;
            }
        }
        return false;
    }

    private int levelAbove(int plan, int level) {
        return levels.get(plan).stream().filter(l -> l < level).reduce(level, (a, b) -> b);
    }

    private double excess(int[] removed) {
        return excess(latency.millis(removed), removed);
    }

    private double excessAfter(double millis, int[] removed, int plan, int level) {
        double after = millis + latency.change(removed, plan, level);
        int[] changed = removed.clone();
        changed[plan] = level;
        return excess(after, changed);
    }

    /** By how much all bounds together are exceeded, each as a part of what it allows. */
    private double excess(double millis, int[] removed) {
        double excess = Math.max(0, millis / limit.millis() - 1 - ROUNDING);
        if (!request.budget().isNone()) {
            Cost after = costs.of(Selector.mask(graph, plans, removed));
            excess += request.budget().excess(before, after);
        }
        return excess;
    }
}
