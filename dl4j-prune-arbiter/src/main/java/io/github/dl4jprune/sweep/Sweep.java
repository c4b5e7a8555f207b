package io.github.dl4jprune.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;
import org.jspecify.annotations.Nullable;

/**
 * Runs the candidates of a plan, one after the other, by Arbiter's local runner. Results are handed over as they come, so
 * that a sweep can be cut short and go on.
 *
 * @param plan which candidates
 * @param maxMacs the score is the accuracy within this bound on the multiply-adds, a fraction in (0, 1]
 */
public record Sweep(SweepPlan plan, double maxMacs) {
    /** Checks the bound. */
    public Sweep {
        if (!(maxMacs > 0 && maxMacs <= 1)) {
            throw new IllegalArgumentException("maxMacs must be in (0, 1], got " + maxMacs);
        }
    }

    /** Data belong to the trial; Arbiter wants a class that could give some. */
    public static final class NoData implements DataSource {
        private static final long serialVersionUID = 1L;

        @Override
        public void configure(Properties properties) {}

        @Override
        public Object trainData() {
            return List.of();
        }

        @Override
        public Object testData() {
            return List.of();
        }

        @Override
        public Class<?> getDataType() {
            return List.class;
        }
    }

    /**
     * Runs all candidates.
     *
     * @param trial trains one
     * @return results in the order of the plan
     * @throws RuntimeException what the first trial that failed threw; no other is started after it
     */
    public List<TrialResult> run(Trial trial) {
        List<Map<String, Object>> settings = plan.settings();
        int drawn = plan.drawn().size(); // Arbiter waits for ever for more than there are
        Map<Integer, TrialResult> results = new ConcurrentSkipListMap<>();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(plan.generator())
                .dataSource(NoData.class, new Properties())
                .modelSaver(new InMemoryResultSaver())
                .scoreFunction(new TrialScore())
                .terminationConditions(new MaxCandidatesCondition(drawn), new FailureCondition(failure))
                .rngSeed(plan.seed())
                .build();
        Map<Map<String, Object>, Integer> order = new HashMap<>();
        for (int i = 0; i < settings.size(); i++) {
            order.put(settings.get(i), i);
        }
        new LocalOptimizationRunner(configuration, new TrialTasks(trial, maxMacs, order, results, failure)).execute();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return new ArrayList<>(results.values());
    }
}
