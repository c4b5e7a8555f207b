package io.github.dl4jprune.adversarial;

/** Hears how {@link AdversarialPruning} goes, on the thread that trains. */
@FunctionalInterface
public interface AdversarialProgress {
    /**
     * Called after each iteration.
     *
     * @param iteration from 1
     * @param epoch from 1
     * @param loss of the copy on its minibatch: agreement and discriminator, without the masks' sum and weight decay
     * @param open share of the masks that are above 0, in [0, 1]
     */
    void iterationDone(int iteration, int epoch, double loss, double open);

    /** Hears nothing. */
    static AdversarialProgress none() {
        return (iteration, epoch, loss, open) -> {};
    }
}
