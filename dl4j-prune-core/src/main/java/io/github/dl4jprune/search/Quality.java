package io.github.dl4jprune.search;

/**
 * How well a network does on some data.
 *
 * @param loss mean loss an example
 * @param accuracy fraction of examples classified correctly, in [0, 1]
 */
public record Quality(double loss, double accuracy) {
    /** Checks the range of the accuracy. */
    public Quality {
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy must be in [0, 1], got " + accuracy);
        }
    }
}
