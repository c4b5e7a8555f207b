/**
 * The documentation's Java, compiled and run: {@code DocumentedJavaTest} makes of every snippet a method of a subclass of its
 * page's {@link io.github.dl4jprune.examples.pages.Page}, whose fields are what the page takes for granted.
 */
@NullMarked
package io.github.dl4jprune.examples.pages;

import org.jspecify.annotations.NullMarked;
