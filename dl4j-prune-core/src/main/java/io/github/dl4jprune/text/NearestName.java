package io.github.dl4jprune.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The valid name that a mistyped one most likely meant: a name that contains it, otherwise the one the fewest insertions,
 * deletions, replacements and exchanges of neighbouring characters away, unless those are more than a third of the name;
 * upper and lower case count as equal.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance">Optimal
 *     string alignment distance, after Damerau (1964), Communications of the ACM 7(3)</a>
 */
public final class NearestName {
    private static final int SHORTEST_PART = 3;
    private static final int MOST_LISTED = 10;

    private NearestName() {}

    /**
     * Finds the nearest name.
     *
     * @param given what was typed
     * @param valid the names to choose from; of equally near ones the first in their order wins
     * @return the nearest, empty if every name is far from what was typed
     */
    public static Optional<String> of(String given, Collection<String> valid) {
        String typed = given.toLowerCase(Locale.ROOT);
        Comparator<String> nearness = Comparator.<String>comparingInt(name -> isPart(typed, name) ? 0 : 1)
                .thenComparingInt(name -> distance(typed, name.toLowerCase(Locale.ROOT)));
        return valid.stream().filter(name -> isNear(typed, name)).min(nearness);
    }

    /**
     * The end of an error message about an unknown name that lists the valid ones already.
     *
     * @param given what was typed
     * @param valid the names to choose from
     * @return {@code , did you mean "NAME"?}, or nothing when none is near
     */
    public static String hint(String given, Collection<String> valid) {
        return of(given, valid).map(name -> ", did you mean \"" + name + "\"?").orElse("");
    }

    /**
     * The end of an error message about an unknown name that lists no valid one.
     *
     * @param given what was typed
     * @param valid the names to choose from
     * @return {@code , did you mean "NAME"?}, or when none is near {@code ; there are NAME, NAME} with ten names at most, or
     *     nothing when {@code valid} is empty
     */
    public static String hintOrList(String given, Collection<String> valid) {
        return of(given, valid)
                .map(name -> ", did you mean \"" + name + "\"?")
                .orElseGet(() -> valid.isEmpty() ? "" : "; there are " + list(valid));
    }

    private static String list(Collection<String> valid) {
        String first = valid.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        int more = valid.size() - MOST_LISTED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static boolean isPart(String typed, String name) {
        return typed.length() >= SHORTEST_PART && name.toLowerCase(Locale.ROOT).contains(typed);
    }

    private static boolean isNear(String typed, String name) {
        return isPart(typed, name) || distance(typed, name.toLowerCase(Locale.ROOT)) <= (name.length() + 1) / 3;
    }

    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, i, to, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(int[][] edits, String from, int i, String to, int j) {
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return exchanged ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
