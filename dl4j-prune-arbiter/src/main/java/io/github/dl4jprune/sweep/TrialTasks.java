package io.github.dl4jprune.sweep;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.jspecify.annotations.Nullable;

/** Makes trials into Arbiter's tasks. */
@SuppressWarnings({"rawtypes", "deprecation"}) // as Arbiter's interface has them
record TrialTasks(
        Trial trial,
        double maxMacs,
        Map<Map<String, Object>, Integer> order,
        Map<Integer, TrialResult> results,
        AtomicReference<@Nullable RuntimeException> failure)
        implements TaskCreator {
    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider data,
            ScoreFunction score,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> run(candidate);
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> data,
            Properties properties,
            ScoreFunction score,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> run(candidate);
    }

    private OptimizationResult run(Candidate<?> candidate) {
        long start = System.currentTimeMillis();
        Map<String, Object> settings = SweepPlan.value(candidate);
        int index = Objects.requireNonNull(order.get(settings));
        double score = -1;
        try {
            TrialResult result =
                    failure.get() == null ? results.computeIfAbsent(index, i -> trial.run(i, settings)) : null;
            score = result == null ? -1 : result.score(maxMacs);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            failure.compareAndSet(null, e);
        }
        CandidateInfo info = new CandidateInfo(
                candidate.getIndex(),
                CandidateStatus.Complete,
                score,
                start,
                start,
                System.currentTimeMillis(),
                candidate.getFlatParameters(),
                null);
        return new OptimizationResult(candidate, score, candidate.getIndex(), null, info, null);
    }
}
