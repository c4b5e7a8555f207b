/**
 * Pruning watched in a browser while a network trains: {@link io.github.dl4jprune.live.LiveView}. Nothing here changes what
 * is trained.
 */
@NullMarked
package io.github.dl4jprune.live;

import org.jspecify.annotations.NullMarked;
