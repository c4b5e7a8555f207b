/**
 * Which channel of which tensor is which. {@link io.github.dl4jprune.channel.ChannelGraph} numbers every channel of a
 * network once, follows the numbers through layers, vertices and preprocessors, and knows for every parameter which
 * positions along which axis belong to which channel.
 */
@NullMarked
package io.github.dl4jprune.channel;

import org.jspecify.annotations.NullMarked;
