package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.cost.LatencyModel;
import io.github.dl4jprune.cost.LatencyModel.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The predicted time as a function of how many channels each plan has removed. A change of one plan asks only the parts that
 * its channels touch.
 */
final class PlannedLatency {
    private final double constant;
    private final List<Planned> parts = new ArrayList<>();
    private final Map<Integer, List<Planned>> byPlan = new HashMap<>();

    /** A part with the widths of both sides by plan. */
    private record Planned(Part.Time time, Side in, Side out) {
        double millis(int[] removed) {
            return time.at(in.width(removed), out.width(removed));
        }
    }

    /** How many positions there are, and how many of them go when a plan has removed so many channels. */
    private record Side(int all, Map<Integer, int[]> lost) {
        int width(int[] removed) {
            int width = all;
            for (Map.Entry<Integer, int[]> plan : lost.entrySet()) {
                width -= plan.getValue()[removed[plan.getKey()]];
            }
            return width;
        }
    }

    PlannedLatency(ChannelGraph graph, List<GroupPlan> plans, LatencyModel model) {
        this.constant = model.constant();
        int[] planOf = new int[graph.size()];
        int[] rank = new int[graph.size()];
        Arrays.fill(planOf, -1);
        for (int plan = 0; plan < plans.size(); plan++) {
            List<Integer> order = plans.get(plan).firstRemoved(plans.get(plan).most());
            for (int place = 0; place < order.size(); place++) {
                planOf[order.get(place)] = plan;
                rank[order.get(place)] = place;
            }
        }
        int[] lengths = plans.stream().mapToInt(plan -> plan.most() + 1).toArray();
        for (Part part : model.parts()) {
            Planned planned = new Planned(
                    part.millis(),
                    side(graph, part.in(), planOf, rank, lengths),
                    side(graph, part.out(), planOf, rank, lengths));
            parts.add(planned);
            for (int plan = 0; plan < lengths.length; plan++) {
                if (planned.in.lost.containsKey(plan) || planned.out.lost.containsKey(plan)) {
                    byPlan.computeIfAbsent(plan, key -> new ArrayList<>()).add(planned);
                }
            }
        }
    }

    private static Side side(ChannelGraph graph, int[] ids, int[] planOf, int[] rank, int[] lengths) {
        Map<Integer, int[]> lost = new HashMap<>();
        for (int id : ids) {
            int plan = id == ParameterAxis.FIXED ? -1 : planOf[graph.classOf(id)];
            if (plan >= 0) {
                lost.computeIfAbsent(plan, key -> new int[lengths[key]])[rank[graph.classOf(id)] + 1]++;
            }
        }
        lost.values().forEach(counts -> Arrays.parallelPrefix(counts, Integer::sum));
        return new Side(ids.length, lost);
    }

    /** Milliseconds of a pass. */
    double millis(int[] removed) {
        return constant
                + parts.stream().mapToDouble(part -> part.millis(removed)).sum();
    }

    /** How many milliseconds longer a pass takes if one plan had removed {@code other} instead. */
    double change(int[] removed, int plan, int other) {
        List<Planned> touched = byPlan.getOrDefault(plan, List.of());
        double before =
                touched.stream().mapToDouble(part -> part.millis(removed)).sum();
        int kept = removed[plan];
        removed[plan] = other;
        double after =
                touched.stream().mapToDouble(part -> part.millis(removed)).sum();
        removed[plan] = kept;
        return after - before;
    }
}
