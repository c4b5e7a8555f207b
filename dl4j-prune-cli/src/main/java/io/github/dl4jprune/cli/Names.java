package io.github.dl4jprune.cli;

import java.util.Collection;
import java.util.Comparator;

/** Names that a user types, checked against those that are allowed. */
final class Names {
    private Names() {}

    /**
     * Refuses a name that is not among those allowed, and suggests the nearest.
     *
     * @param subject what the name is for, such as {@code --schedule}
     */
    static void require(String subject, String name, Collection<String> allowed) {
        if (!allowed.contains(name)) {
            throw new IllegalArgumentException("%s must be one of %s, got \"%s\"; did you mean \"%s\"?"
                    .formatted(subject, String.join(", ", allowed), name, nearest(name, allowed)));
        }
    }

    static String nearest(String name, Collection<String> allowed) {
        return allowed.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow(() -> new IllegalArgumentException("no names are allowed"));
    }

    /** Insertions, deletions and replacements from one to the other (Levenshtein 1966). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
