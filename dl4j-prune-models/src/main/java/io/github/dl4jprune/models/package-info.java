/**
 * Published architectures, the import of their trained weights, and model files: everything here ends in a plain DL4J
 * network that no class of this library is needed to open.
 */
@NullMarked
package io.github.dl4jprune.models;

import org.jspecify.annotations.NullMarked;
