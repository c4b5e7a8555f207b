package io.github.dl4jprune.acceleration;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * DL4J's helper for {@code Convolution2D} on oneDNN. Made by DL4J, one for each layer; of no use to callers.
 */
public class OneDnnConvolution extends MKLDNNConvHelper {
    /**
     * One for a layer.
     *
     * @param dataType the type of the layer's data
     */
    public OneDnnConvolution(DataType dataType) {
        super(dataType);
    }

    @Override
    public boolean checkSupported() {
        return true;
    }
}
