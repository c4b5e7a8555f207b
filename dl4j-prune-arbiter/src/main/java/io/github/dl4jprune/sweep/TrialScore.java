package io.github.dl4jprune.sweep;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;

/** Tells Arbiter that more is better; the scores themselves come with the results of the trials. */
@SuppressWarnings("deprecation") // the interface has an older method, too
final class TrialScore implements ScoreFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double score(Object model, DataProvider data, Map<String, Object> parameters) {
        throw new UnsupportedOperationException("a trial brings its score");
    }

    @Override
    public double score(Object model, Class<? extends DataSource> data, Properties properties) {
        throw new UnsupportedOperationException("a trial brings its score");
    }

    @Override
    public boolean minimize() {
        return false;
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of(Map.class);
    }

    @Override
    public List<Class<?>> getSupportedDataTypes() {
        return List.of(List.class);
    }
}
