package io.github.dl4jprune.listeners;

/** What a listener counts, and whether it holds its mask. */
record Counts(int iterations, int epochs, int step, long returned, boolean held) {}
