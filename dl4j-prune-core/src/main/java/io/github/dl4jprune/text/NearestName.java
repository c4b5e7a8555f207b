package io.github.dl4jprune.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The valid name that a mistyped one most likely meant: a name that contains it, otherwise the one the fewest insertions,
 * deletions and replacements of characters away; upper and lower case count as equal.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Levenshtein_distance">Levenshtein (1966), Soviet Physics Doklady 10(8)</a>
 */
public final class NearestName {
    private static final int SHORTEST_PART = 3;

    private NearestName() {}

    /**
     * Finds the nearest name.
     *
     * @param given what was typed
     * @param valid the names to choose from; of equally near ones the first in their order wins
     * @return the nearest, empty only when {@code valid} is
     */
    public static Optional<String> of(String given, Collection<String> valid) {
        String typed = given.toLowerCase(Locale.ROOT);
        Comparator<String> nearness = Comparator.<String>comparingInt(name -> isPart(typed, name) ? 0 : 1)
                .thenComparingInt(name -> distance(typed, name.toLowerCase(Locale.ROOT)));
        return valid.stream().min(nearness);
    }

    /**
     * The end of an error message about an unknown name.
     *
     * @param given what was typed
     * @param valid the names to choose from
     * @return {@code , did you mean "NAME"?}, or nothing when {@code valid} is empty
     */
    public static String hint(String given, Collection<String> valid) {
        return of(given, valid).map(name -> ", did you mean \"" + name + "\"?").orElse("");
    }

    private static boolean isPart(String typed, String name) {
        return typed.length() >= SHORTEST_PART && name.toLowerCase(Locale.ROOT).contains(typed);
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
