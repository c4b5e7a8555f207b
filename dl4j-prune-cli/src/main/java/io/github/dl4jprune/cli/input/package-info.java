/** What commands read: model files, ONNX files, images, configuration files. */
@NullMarked
package io.github.dl4jprune.cli.input;

import org.jspecify.annotations.NullMarked;
