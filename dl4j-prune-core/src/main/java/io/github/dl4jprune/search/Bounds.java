package io.github.dl4jprune.search;

/** What the numbers of a search must be. */
final class Bounds {
    private Bounds() {}

    /**
     * Checks a number.
     *
     * @throws IllegalArgumentException if it is below the least
     */
    static void atLeast(String subject, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(subject + " must be at least " + least + ", got " + value);
        }
    }
}
