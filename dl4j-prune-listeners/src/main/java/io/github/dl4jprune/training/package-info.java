/**
 * Training after pruning: fine-tuning, distillation from the unpruned network, re-estimated batch-norm statistics, and
 * the measurement of what it brought. Works on a MultiLayerNetwork and a ComputationGraph alike.
 */
@NullMarked
package io.github.dl4jprune.training;

import org.jspecify.annotations.NullMarked;
