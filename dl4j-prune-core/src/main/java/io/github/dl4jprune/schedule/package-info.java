/**
 * How sparse a network should be at which iteration or epoch, as ND4J schedules: each is a curve from nothing to a
 * bound, climbed in {@link io.github.dl4jprune.schedule.Steps}. Depends on ND4J only.
 */
@NullMarked
package io.github.dl4jprune.schedule;

import org.jspecify.annotations.NullMarked;
