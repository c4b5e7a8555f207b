package io.github.dl4jprune.selection;

/**
 * One step down in one group.
 *
 * @param plan index of the group's plan
 * @param removed number of channels the group has lost after the step
 * @param key place of the step among those of all groups: lower is sooner
 */
record RemovalStep(int plan, int removed, double key) {}
