package io.github.dl4jprune.cost;

/**
 * How long runs of one thing took.
 *
 * @param medianMillis the median, comparable with what was timed in the same rounds
 * @param leastMillis the shortest: what else a busy machine does can only add to it
 */
public record RunTime(double medianMillis, double leastMillis) {}
