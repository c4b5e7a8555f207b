/**
 * Data sets as DL4J iterators: CIFAR-10, MNIST, image folders, and an embedded procedural set that needs no download.
 */
@NullMarked
package io.github.dl4jprune.datasets;

import org.jspecify.annotations.NullMarked;
