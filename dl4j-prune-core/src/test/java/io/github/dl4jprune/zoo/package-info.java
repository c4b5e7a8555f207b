/** DL4J's model zoo as a proving ground. */
@NullMarked
package io.github.dl4jprune.zoo;

import org.jspecify.annotations.NullMarked;
