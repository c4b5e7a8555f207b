package io.github.dl4jprune.acceleration;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Declines DL4J's pooling helper. It calls the same native operation as the built-in path, so it is no faster, and it
 * ignores {@code avgPoolIncludePadInDivisor}. Made by DL4J, one for each layer; of no use to callers.
 */
public class NoSubsampling extends MKLDNNSubsamplingHelper {
    /**
     * One for a layer.
     *
     * @param dataType the type of the layer's data
     */
    public NoSubsampling(DataType dataType) {
        super(dataType);
    }

    @Override
    public boolean checkSupported() {
        return false;
    }
}
