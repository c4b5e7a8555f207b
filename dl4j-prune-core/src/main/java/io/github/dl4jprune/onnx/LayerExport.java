package io.github.dl4jprune.onnx;

import org.deeplearning4j.nn.conf.layers.Layer;

/** Writes one type of layer. */
@FunctionalInterface
interface LayerExport<L extends Layer> {
    /**
     * Writes the operators.
     *
     * @param input what the layer reads, behind its preprocessor, in DL4J's own axis order
     * @return what it puts out, likewise
     * @throws NotExportable if ONNX has no words for this configuration
     */
    Value write(L layer, Value input, LayerSite site);
}
