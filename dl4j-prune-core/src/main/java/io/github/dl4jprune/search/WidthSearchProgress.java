package io.github.dl4jprune.search;

/** Hears how a {@link WidthSearch} goes, on the thread that searches. */
@FunctionalInterface
public interface WidthSearchProgress {
    /**
     * Called after each candidate, those that were read from a file included.
     *
     * @param evaluation the candidate
     * @param best the best so far
     * @param atMost how many there will be at most
     */
    void evaluated(WidthEvaluation evaluation, WidthEvaluation best, int atMost);

    /** Hears nothing. */
    static WidthSearchProgress none() {
        return (evaluation, best, atMost) -> {};
    }
}
