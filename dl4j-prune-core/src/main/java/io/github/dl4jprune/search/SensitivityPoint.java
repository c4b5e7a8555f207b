package io.github.dl4jprune.search;

/**
 * What became of a network in which one part alone was pruned, without any training afterwards.
 *
 * @param subject what was pruned
 * @param sparsity how far, a fraction in [0, 1)
 * @param quality what was left of the network's quality
 */
public record SensitivityPoint(SensitivitySubject subject, double sparsity, Quality quality) {
    /** Checks the range of the sparsity. */
    public SensitivityPoint {
        if (!(sparsity >= 0 && sparsity < 1)) {
            throw new IllegalArgumentException(
                    "layer \"" + subject.layer() + "\": sparsity must be in [0, 1), got " + sparsity);
        }
    }
}
