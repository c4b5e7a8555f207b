/**
 * The one door to DL4J's two network types: their layers and edges, their parameters, their updater state, and how a
 * network is built anew from an edited configuration. Everything above this package sees {@link
 * io.github.dl4jprune.network.NetworkView} and never asks which of the two it has.
 */
@NullMarked
package io.github.dl4jprune.network;

import org.jspecify.annotations.NullMarked;
