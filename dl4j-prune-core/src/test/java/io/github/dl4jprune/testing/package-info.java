/**
 * What tests share: small networks, and training side by side.
 */
package io.github.dl4jprune.testing;
