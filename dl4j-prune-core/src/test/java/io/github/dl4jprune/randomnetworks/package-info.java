/**
 * Random networks and independent oracles for the tests of the engine. Everything here uses DL4J and ND4J only and knows nothing
 * of the code under test, so that a mistake there cannot hide itself here.
 */
@NullMarked
package io.github.dl4jprune.randomnetworks;

import org.jspecify.annotations.NullMarked;
