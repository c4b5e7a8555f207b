/**
 * Networks as ONNX models, for runtimes that know nothing of DL4J. {@link io.github.dl4jprune.onnx.OnnxExporter} is the
 * door; behind it every type of layer, vertex and preprocessor has one rule, looked up by exact class, that writes
 * operators. What has no rule is named before anything is written.
 */
@NullMarked
package io.github.dl4jprune.onnx;

import org.jspecify.annotations.NullMarked;
