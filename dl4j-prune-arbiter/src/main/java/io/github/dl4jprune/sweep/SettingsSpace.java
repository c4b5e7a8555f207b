package io.github.dl4jprune.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;

/**
 * Arbiter's view of settings some of which vary: for every key a space of its own. A value of this space holds one value
 * for each key; what does not vary is not in it.
 */
@SuppressWarnings("rawtypes") // Arbiter's interface has raw types
public final class SettingsSpace implements ParameterSpace<Map<String, Object>> {
    private final Map<String, ParameterSpace<?>> spaces;

    /**
     * A space.
     *
     * @param spaces by key, dots between the parts, such as {@code schedule.type} or {@code layers.conv1}; at least one
     */
    public SettingsSpace(Map<String, ParameterSpace<?>> spaces) {
        if (spaces.isEmpty()) {
            throw new IllegalArgumentException("space must have at least one key that varies, got none");
        }
        this.spaces = new LinkedHashMap<>(spaces);
    }

    @Override
    public Map<String, Object> getValue(double[] parameterValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        spaces.forEach((key, space) -> values.put(key, space.getValue(parameterValues)));
        return values;
    }

    @Override
    public int numParameters() {
        return spaces.values().stream().mapToInt(ParameterSpace::numParameters).sum();
    }

    @Override
    public List<ParameterSpace> collectLeaves() {
        List<ParameterSpace> leaves = new ArrayList<>();
        spaces.values().forEach(space -> leaves.addAll(space.collectLeaves()));
        return leaves;
    }

    @Override
    public Map<String, ParameterSpace> getNestedSpaces() {
        return new LinkedHashMap<>(spaces);
    }

    @Override
    public boolean isLeaf() {
        return false;
    }

    @Override
    public void setIndices(int... indices) {
        throw new UnsupportedOperationException("indices are set on the leaves of a space");
    }
}
