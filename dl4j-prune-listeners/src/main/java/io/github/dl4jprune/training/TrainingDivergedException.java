package io.github.dl4jprune.training;

/** A training whose loss or parameters became infinite or NaN: most often its learning rate is too high for the network. */
public final class TrainingDivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says what is no longer finite. */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
