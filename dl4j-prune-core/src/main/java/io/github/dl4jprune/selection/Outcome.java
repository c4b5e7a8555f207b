package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.SparsityCount;
import java.util.ArrayList;
import java.util.List;

/** Words what was selected: group by group what was asked, what was done, and why they differ. */
final class Outcome {
    private final ChannelGraph graph;
    private final List<GroupPlan> plans;
    private final SelectionRequest request;
    private boolean byTime;

    Outcome(ChannelGraph graph, List<GroupPlan> plans, SelectionRequest request) {
        this.graph = graph;
        this.plans = plans;
        this.request = request;
    }

    /** Says that a bound on time, not a sparsity, decided over groups without one of their own. */
    Outcome decidedByTime() {
        byTime = true;
        return this;
    }

    Selection selection(int[] removed, String note) {
        List<GroupSelection> groups = new ArrayList<>();
        for (int i = 0; i < removed.length; i++) {
            GroupPlan plan = plans.get(i);
            int width = plan.group().width();
            int kept = width - removed[i];
            int requested = plan.free() && decidedElsewhere() ? kept : width - wanted(plan);
            groups.add(new GroupSelection(
                    plan.group(), requested, kept, plan.firstRemoved(removed[i]), note(plan, requested, kept)));
        }
        return new Selection(Selector.mask(graph, plans, removed), groups, note);
    }

    /** Whether ranking or budget, not a sparsity for each group, says how many channels a group keeps. */
    private boolean decidedElsewhere() {
        return byTime || request.scope() == Scope.GLOBAL || !request.budget().isNone();
    }

    private int wanted(GroupPlan plan) {
        if (plan.ignored()) {
            return 0;
        }
        double sparsity = plan.override().orElse(request.sparsity().orElse(0));
        return SparsityCount.removed(plan.group().width(), sparsity);
    }

    private String note(GroupPlan plan, int requested, int kept) {
        if (plan.ignored()) {
            return "ignored";
        }
        if (kept == requested) {
            return "";
        }
        int width = plan.group().width();
        if (width - requested > plan.most()) {
            return request.multipleOf() > 1
                    ? "at least one channel is kept, and a multiple of " + request.multipleOf()
                    : "a layer that reads this group needs at least what is kept";
        }
        return kept == width && width < request.multipleOf()
                ? "narrower than " + request.multipleOf() + ", left alone"
                : "kept rounded up to a multiple of " + request.multipleOf();
    }
}
