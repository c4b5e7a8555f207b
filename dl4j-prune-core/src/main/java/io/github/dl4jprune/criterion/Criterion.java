package io.github.dl4jprune.criterion;

/**
 * What makes a channel worth keeping: a pure function from arrays to one score a channel; the channels with the lowest
 * scores are pruned first.
 *
 * <p>Sealed by what a criterion needs to see: the weights alone ({@link FilterCriterion}), the scale of the batch
 * normalisation behind them ({@link ScaleCriterion}), weights and gradients ({@link GradientCriterion}), activations
 * ({@link ActivationCriterion}), or nothing ({@link RandomScore}). Criteria from outside this library implement one of
 * the four open interfaces.
 */
public sealed interface Criterion
        permits FilterCriterion, ScaleCriterion, GradientCriterion, ActivationCriterion, RandomScore {

    /** The name by which the command line and reports know this criterion, such as {@code geometric-median}. */
    String name();
}
