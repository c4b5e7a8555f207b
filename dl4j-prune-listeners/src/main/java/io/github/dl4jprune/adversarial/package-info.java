/**
 * Pruning without labels: soft masks on channels, learnt while a discriminator tries to tell the pruned network from the whole one.
 */
@NullMarked
package io.github.dl4jprune.adversarial;

import org.jspecify.annotations.NullMarked;
