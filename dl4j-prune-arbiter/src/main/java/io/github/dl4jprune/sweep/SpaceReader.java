package io.github.dl4jprune.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space from settings: for every key a list of values, or a range {@code {min, max}}, of whole numbers if both
 * ends are. Mappings that are no range hold keys of their own.
 */
public final class SpaceReader {
    private SpaceReader() {}

    /**
     * Reads.
     *
     * @param values as a configuration file gives them
     * @throws IllegalArgumentException if a key has neither values nor a range, or there is no key
     */
    public static SettingsSpace read(Map<String, ?> values) {
        Map<String, ParameterSpace<?>> spaces = new LinkedHashMap<>();
        collect("", values, spaces);
        return new SettingsSpace(spaces);
    }

    private static void collect(String path, Map<?, ?> values, Map<String, ParameterSpace<?>> spaces) {
        values.forEach((name, value) -> {
            String key = path + name;
            if (value instanceof Map<?, ?> map && !(map.containsKey("min") || map.containsKey("max"))) {
                collect(key + ".", map, spaces);
            } else {
                spaces.put(key, space(key, value));
            }
        });
    }

    private static ParameterSpace<?> space(String key, @Nullable Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            return new DiscreteParameterSpace<>(List.copyOf(list));
        }
        if (value instanceof Map<?, ?> range
                && range.size() == 2
                && range.get("min") instanceof Number min
                && range.get("max") instanceof Number max) {
            if (!(min.doubleValue() < max.doubleValue())) {
                throw new IllegalArgumentException(
                        "space." + key + ": min must be below max, got " + min + " and " + max);
            }
            return min instanceof Integer && max instanceof Integer
                    ? new IntegerParameterSpace(min.intValue(), max.intValue())
                    : new ContinuousParameterSpace(min.doubleValue(), max.doubleValue());
        }
        throw new IllegalArgumentException("space." + key + " must be a list of values or {min, max}, got " + value);
    }
}
