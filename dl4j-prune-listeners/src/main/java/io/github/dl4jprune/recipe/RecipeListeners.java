package io.github.dl4jprune.recipe;

import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.PruningBuilder;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.schedule.Steps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Builds the listener that a recipe prunes with. */
final class RecipeListeners {
    private RecipeListeners() {}

    /**
     * The listener of a method that masks.
     *
     * @param iterations of the whole run
     * @param data for criteria that look at some
     * @throws IllegalArgumentException if the schedule ends after the run, or the criterion lacks its data
     */
    static PruningListener of(Recipe recipe, long iterations, @Nullable DataSetIterator data) {
        return switch (recipe.method()) {
            case STATIC, GEOMETRIC_MEDIAN ->
                with(recipe, data, new StaticPruningListener.Builder().granularity(recipe.granularity()))
                        .build();
            case DYNAMIC -> {
                Steps steps = steps(recipe, iterations);
                yield with(recipe, data, new DynamicPruningListener.Builder().granularity(recipe.granularity()))
                        .schedule(curve(recipe, steps))
                        .build();
            }
            case SOFT -> {
                Steps steps = steps(recipe, iterations);
                yield with(recipe, data, new SoftPruningListener.Builder())
                        .schedule(curve(recipe, steps))
                        .build();
            }
            default ->
                throw new IllegalArgumentException("method " + recipe.method().text() + " has no mask");
        };
    }

    private static <B extends PruningBuilder<B>> B with(Recipe recipe, @Nullable DataSetIterator data, B builder) {
        Criterion criterion = Criteria.named(recipe.criterion(), recipe.seed());
        builder.criterion(criterion).ignore(recipe.ignored().toArray(String[]::new));
        recipe.sparsity().ifPresent(builder::sparsity);
        recipe.layers().forEach(builder::layer);
        if (Criteria.looksAtData(criterion)) {
            builder.data(Objects.requireNonNull(data));
        }
        return builder;
    }

    /** The shape alone, to be scaled by every layer's own bound: its bound is the largest of them. */
    private static ISchedule curve(Recipe recipe, Steps steps) {
        double bound =
                recipe.layers().values().stream().reduce(recipe.sparsity().orElse(0), Math::max);
        return recipe.schedule().curve().schedule(bound, steps);
    }

    private static Steps steps(Recipe recipe, long iterations) {
        ScheduleRecipe schedule = recipe.schedule();
        boolean epochs = schedule.unit() == ScheduleType.EPOCH;
        int whole = Math.toIntExact(epochs ? recipe.epochs() : iterations);
        int end = schedule.end().orElse(whole / 2);
        if (end > whole) {
            throw new IllegalArgumentException("schedule.end must be at most the " + whole
                    + (epochs ? " epochs" : " iterations") + " of the run, got " + end);
        }
        return new Steps(schedule.unit(), 0, end, schedule.every());
    }
}
