package io.github.dl4jprune.selection;

import io.github.dl4jprune.mask.ParameterSpan;

/**
 * What was asked of one weight tensor and what was done.
 *
 * @param parameter the tensor
 * @param requested number of its weights to prune; with a global ranking, what that ranking took
 * @param pruned number of its weights that the mask prunes
 */
public record ParameterSelection(ParameterSpan parameter, int requested, int pruned) {}
