package io.github.dl4jprune.recipe;

import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings by key, such as a configuration file or a sweep gives them. Every key that is asked for is known; {@link
 * #finish} names the first that nobody asked for, with the nearest that somebody did.
 */
public final class Settings {
    private final String source;
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new LinkedHashSet<>();
    // of the whole tree, by path
    private final Map<String, String> ineffective;
    private final Map<String, String> shared;

    /**
     * Settings at the top.
     *
     * @param source what error messages begin with, such as {@code configuration "c.yaml"}
     * @param values by key: texts, numbers, lists, and maps for what is nested
     */
    public Settings(String source, Map<?, ?> values) {
        this(source, "", values, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private Settings(
            String source, String path, Map<?, ?> values, Map<String, String> ineffective, Map<String, String> shared) {
        this.source = source;
        this.path = path;
        this.ineffective = ineffective;
        this.shared = shared;
        this.values = new LinkedHashMap<>();
        values.forEach((key, value) -> this.values.put(String.valueOf(key), value));
    }

    /** Every key, for mappings whose keys are names that the user chose. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Whether a key has a value. */
    public boolean has(String key) {
        return value(key) != null;
    }

    /** A text; a number is taken as it is written. */
    public Optional<String> text(String key) {
        Object value = value(key);
        if (value instanceof Map || value instanceof List) {
            throw wrong(key, "text", value);
        }
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** One of some words. */
    public Optional<String> word(String key, List<String> allowed) {
        Optional<String> word = text(key);
        word.ifPresent(value -> {
            if (!allowed.contains(value)) {
                throw new IllegalArgumentException("%s must be one of %s, got \"%s\"%s"
                        .formatted(subject(key), String.join(" ", allowed), value, NearestName.hint(value, allowed)));
            }
        });
        return word;
    }

    /** A number. */
    public OptionalDouble number(String key) {
        Object value = value(key);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (!(value instanceof Number number)) {
            throw wrong(key, "a number", value);
        }
        return OptionalDouble.of(number.doubleValue());
    }

    /** A whole number. */
    public OptionalInt count(String key) {
        Object value = value(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!(value instanceof Integer count)) {
            throw wrong(key, "a whole number", value);
        }
        return OptionalInt.of(count);
    }

    /** A list of values; empty if the key is missing. */
    public List<Object> list(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, "a list", value);
        }
        return new ArrayList<>(list);
    }

    /** A list of texts; empty if the key is missing. */
    public List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    /** A mapping; an empty one if the key is missing. */
    public Settings section(String key) {
        Object value = value(key);
        if (value == null) {
            return nested(key, Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, "a mapping", value);
        }
        return nested(key, map);
    }

    private Settings nested(String key, Map<?, ?> map) {
        return new Settings(source, path + key + ".", map, ineffective, shared);
    }

    /** Numbers by names that the user chose. */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String key : values.keySet()) {
            number(key).ifPresent(value -> numbers.put(key, value));
        }
        return numbers;
    }

    /** The mapping as it is. */
    public Map<String, Object> values() {
        return values;
    }

    /** Makes something of a key's value; what it is refused for then names the key. */
    public <T> T checked(String key, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(subject(key) + ": " + e.getMessage(), e);
        }
    }

    /**
     * A key that has no effect beside the others: if it has a value, {@link #finish} of the top refuses it.
     *
     * @param effective whether it has one
     * @param reason what it goes with, such as {@code "with method static: it belongs to slimming"}
     */
    public void requireEffect(String key, boolean effective, String reason) {
        if (!effective && has(key)) {
            ineffective.put(path + key, reason);
        }
    }

    /**
     * As {@link #requireEffect}, for a key that so much else understands that configurations may share it: it is only told
     * ({@link #notes}).
     */
    public void noteEffect(String key, boolean effective, String reason) {
        if (!effective && has(key)) {
            shared.put(path + key, reason);
        }
    }

    /** Paths of the keys, here and below, that {@link #requireEffect} found to have no effect, with its reasons. */
    public Map<String, String> ineffective() {
        return Collections.unmodifiableMap(ineffective);
    }

    /** As {@link #ineffective}, of {@link #noteEffect}. */
    public Map<String, String> shared() {
        return Collections.unmodifiableMap(shared);
    }

    /** What the user should be told of keys that configurations share, here and below. */
    public List<String> notes() {
        return shared.entrySet().stream()
                .map(entry -> source + ": " + entry.getKey() + " has no effect " + entry.getValue())
                .toList();
    }

    /** Makes something of several keys; what it is refused for then names the source of them all. */
    public <T> T together(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    /** Refuses keys that were never asked for and, at the top, those without effect. */
    public void finish() {
        finishNames();
        if (path.isEmpty()) {
            ineffective.forEach((key, reason) -> {
                throw new IllegalArgumentException(source + ": " + key + " has no effect " + reason);
            });
        }
    }

    /** Refuses only keys that were never asked for. */
    public void finishNames() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(subject(key) + " is unknown" + NearestName.hintOrList(key, known));
            }
        }
    }

    /** What error messages begin with. */
    public String source() {
        return source;
    }

    /** What an error message calls a key. */
    public String subject(String key) {
        return source + ": " + path + key;
    }

    private @Nullable Object value(String key) {
        known.add(key);
        return values.get(key);
    }

    private IllegalArgumentException wrong(String key, String kind, @Nullable Object value) {
        return new IllegalArgumentException(subject(key) + " must be " + kind + ", got " + value);
    }
}
