/** Text for people: small helps that every module may use. Depends on the JDK only. */
@NullMarked
package io.github.dl4jprune.text;

import org.jspecify.annotations.NullMarked;
