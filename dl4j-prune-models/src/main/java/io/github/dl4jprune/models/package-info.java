/**
 * Published architectures, the import of their trained weights, and model files.
 */
@NullMarked
package io.github.dl4jprune.models;

import org.jspecify.annotations.NullMarked;
