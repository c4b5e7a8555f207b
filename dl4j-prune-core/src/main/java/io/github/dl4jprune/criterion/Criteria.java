package io.github.dl4jprune.criterion;

import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The criteria that go by a name on the command line and in configuration files. */
public final class Criteria {
    private static final Map<String, Criterion> BY_NAME = byName(
            new L1Norm(),
            new L2Norm(),
            new GeometricMedian(Distance.EUCLIDEAN),
            new GeometricMedian(Distance.CITY_BLOCK),
            new GeometricMedian(Distance.COSINE),
            new BnScale(),
            new Taylor(),
            new MeanActivation(),
            new ApoZ(),
            new RandomScore(0));

    private Criteria() {}

    /** All names, in the order in which a help text lists them. */
    public static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    /**
     * The criterion of a name.
     *
     * @param name one of {@link #names}
     * @return the criterion, whose {@link Criterion#name} is {@code name}; {@code random} with seed 0
     * @throws IllegalArgumentException if there is none of that name; the message suggests the nearest
     */
    public static Criterion named(String name) {
        if (!BY_NAME.containsKey(name)) {
            throw new IllegalArgumentException("criterion must be one of " + String.join(" ", BY_NAME.keySet())
                    + ", got \"" + name + "\"" + NearestName.hint(name, BY_NAME.keySet()));
        }
        return Objects.requireNonNull(BY_NAME.get(name));
    }

    /**
     * The criterion of a name, with a seed for the one that draws numbers.
     *
     * @param name one of {@link #names}
     * @param seed seed of {@code random}; the others do not use it
     * @return the criterion
     * @throws IllegalArgumentException if there is none of that name; the message suggests the nearest
     */
    public static Criterion named(String name, long seed) {
        Criterion criterion = named(name);
        return criterion instanceof RandomScore ? new RandomScore(seed) : criterion;
    }

    /** Whether a criterion scores by gradients or activations, and so must be given examples. */
    public static boolean looksAtData(Criterion criterion) {
        return criterion instanceof GradientCriterion || criterion instanceof ActivationCriterion;
    }

    private static Map<String, Criterion> byName(Criterion... criteria) {
        Map<String, Criterion> byName = new LinkedHashMap<>();
        for (Criterion criterion : criteria) {
            byName.put(criterion.name(), criterion);
        }
        return byName;
    }
}
