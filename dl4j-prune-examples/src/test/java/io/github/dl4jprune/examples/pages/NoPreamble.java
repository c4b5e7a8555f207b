package io.github.dl4jprune.examples.pages;

/** A page whose snippets stand on their own. */
public abstract class NoPreamble extends Page {}
