package io.github.dl4jprune.listeners;

import io.github.dl4jprune.folding.FoldedConstants;
import java.util.Optional;

/** What a listener counts, whether it holds its mask, and what became of constants. */
record Counts(int iterations, int epochs, int step, long returned, boolean held, Optional<FoldedConstants> folded) {}
