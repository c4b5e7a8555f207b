package io.github.dl4jprune;

/**
 * What a budget of time came to, measured in interleaved runs of the dense and the smaller network; medians.
 *
 * @param batch examples a pass
 * @param beforeMillis the dense network's pass
 * @param afterMillis the smaller network's
 * @param asked part of the time that was allowed
 * @param reached part of the time that is left: {@code afterMillis / beforeMillis}
 * @param measuredLayers number of layers whose time at several widths is known
 * @param rounds how many networks were built and measured until one was near enough
 */
public record LatencyReport(
        int batch,
        double beforeMillis,
        double afterMillis,
        double asked,
        double reached,
        int measuredLayers,
        int rounds) {}
