package io.github.dl4jprune.generation;

/** Hears how the training of a {@link PruningNet} goes, on the thread that trains. */
@FunctionalInterface
public interface PruningNetProgress {
    /**
     * Called after each iteration.
     *
     * @param iteration from 1
     * @param iterations how many there will be
     * @param loss of its minibatch, at the widths drawn for it
     */
    void iterationDone(int iteration, int iterations, double loss);

    /** Hears nothing. */
    static PruningNetProgress none() {
        return (iteration, iterations, loss) -> {};
    }
}
