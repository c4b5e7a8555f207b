/**
 * Model files: DL4J zips with the network, its updater state, its normaliser and what DL4J itself does not store. Reads
 * with one-line errors, writes so that a killed run leaves the old file or the new one, never half of one.
 */
@NullMarked
package io.github.dl4jprune.storage;

import org.jspecify.annotations.NullMarked;
