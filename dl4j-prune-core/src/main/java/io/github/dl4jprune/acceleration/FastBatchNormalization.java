package io.github.dl4jprune.acceleration;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * DL4J's helper for {@code BatchNormalization}. Made by DL4J, one for each layer; of no use to callers.
 */
public class FastBatchNormalization extends MKLDNNBatchNormHelper {
    /**
     * One for a layer.
     *
     * @param dataType the type of the layer's data
     */
    public FastBatchNormalization(DataType dataType) {
        super(dataType);
    }

    @Override
    public boolean checkSupported() {
        return true;
    }

    @Override
    public boolean checkSupported(double eps, boolean fixedGammaBeta) {
        return !fixedGammaBeta;
    }
}
