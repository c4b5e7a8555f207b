/** {@code demo}: the main job from beginning to end. */
@NullMarked
package io.github.dl4jprune.cli.demo;

import org.jspecify.annotations.NullMarked;
