package io.github.dl4jprune.datasets;

import java.util.Collection;
import java.util.Comparator;

/** The valid name that a misspelt one most likely meant. */
final class Spelling {
    private Spelling() {}

    /** The candidate that begins with the name, or else the one with the smallest edit distance; the first of equals. */
    static String nearest(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(
                        candidate -> candidate.startsWith(name) && !name.isEmpty() ? 0 : distance(name, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's distance: fewest insertions, deletions and substitutions that turn one string into the other. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int substitution = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
