package io.github.dl4jprune.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a zip entry may be called. Entries that this library does not know are carried into its outputs, so a name that leads
 * out of the folder that somebody unpacks them in is not carried but refused.
 */
final class EntryName {
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");
    private static final Pattern ABSOLUTE = Pattern.compile("([/\\\\]|[A-Za-z]:).*", Pattern.DOTALL);

    private EntryName() {}

    /** The rule that a name breaks; empty: none. */
    static Optional<String> problem(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("must have no control characters");
        }
        boolean outside = name.isEmpty()
                || ABSOLUTE.matcher(name).matches()
                || Arrays.asList(SEPARATOR.split(name)).contains("..");
        return outside ? Optional.of("must be relative and without \"..\", as in \"objects/a\"") : Optional.empty();
    }
}
