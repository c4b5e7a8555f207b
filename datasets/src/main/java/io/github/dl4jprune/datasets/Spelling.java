package io.github.dl4jprune.datasets;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The valid name that a misspelt one most likely meant. */
final class Spelling {
    private Spelling() {}

    /**
     * The end of a message about an unknown name, {@code ; did you mean "NAME"?}: the candidate that begins with it, or else
     * the one the fewest edits away, if those are at most a third of its length; the first of equals. Nothing if all are
     * farther off.
     */
    static String hint(String name, Collection<String> candidates) {
        return nearest(name, candidates)
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    /** The candidate that {@link #hint} names. */
    static Optional<String> nearest(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(name, candidate) <= (candidate.length() + 1) / 3)
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
    }

    private static int edits(String name, String candidate) {
        return candidate.startsWith(name) && !name.isEmpty() ? 0 : distance(name, candidate);
    }

    /**
     * Fewest insertions, deletions, substitutions and exchanges of neighbours that turn one string into the other (optimal
     * string alignment).
     */
    static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, i, to, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(int[][] edits, String from, int i, String to, int j) {
        int substitution = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(substitution, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return exchanged ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
