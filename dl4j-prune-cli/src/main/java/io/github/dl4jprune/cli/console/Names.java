package io.github.dl4jprune.cli.console;

import io.github.dl4jprune.text.NearestName;
import java.util.Collection;

/** Names that a user types, checked against those that are allowed. */
public final class Names {
    private Names() {}

    /**
     * Refuses a name that is not among those allowed, and suggests the nearest.
     *
     * @param subject what the name is for, such as {@code --schedule}
     */
    public static void require(String subject, String name, Collection<String> allowed) {
        if (!allowed.contains(name)) {
            throw new IllegalArgumentException("%s must be one of %s, got \"%s\"%s"
                    .formatted(subject, String.join(" ", allowed), name, NearestName.hint(name, allowed)));
        }
    }
}
