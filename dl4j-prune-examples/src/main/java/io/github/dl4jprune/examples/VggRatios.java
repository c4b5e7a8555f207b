package io.github.dl4jprune.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * One sparsity for each kind of layer of a VGG; the output layer is left whole.
 *
 * @param shallow of the first two convolutions
 * @param deep of the other convolutions
 * @param dense of the hidden dense layers
 */
record VggRatios(double shallow, double deep, double dense) {
    /** The ratios of PaddlePaddle's wiki on its pruning hook, static. */
    static final VggRatios STATIC = new VggRatios(0.5, 0.8, 0.99);

    /** The same for dynamic pruning. */
    static final VggRatios DYNAMIC = new VggRatios(0.6, 0.831, 0.981);

    private static final int SHALLOW = 2;

    /** The sparsity of every layer by name. */
    Map<String, Double> of(MultiLayerNetwork network) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        int convolutions = 0;
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            Layer configuration = layer.conf().getLayer();
            if (configuration instanceof ConvolutionLayer) {
                convolutions++;
                ratios.put(configuration.getLayerName(), convolutions <= SHALLOW ? shallow : deep);
            } else if (configuration instanceof DenseLayer) {
                ratios.put(configuration.getLayerName(), dense);
            }
        }
        return ratios;
    }
}
