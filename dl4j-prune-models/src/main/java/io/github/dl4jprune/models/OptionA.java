package io.github.dl4jprune.models;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of the parameter-free shortcut: output channel {@code c + pad} copies input channel {@code c}. */
final class OptionA {
    private OptionA() {}

    /**
     * Overwrites the weights of a 1x1 convolution.
     *
     * @param weights shape {@code [nOut, nIn, 1, 1]} with {@code nOut >= nIn}; as many zero channels go before as after
     */
    static void fill(INDArray weights) {
        long padding = (weights.size(0) - weights.size(1)) / 2;
        weights.assign(0);
        for (long channel = 0; channel < weights.size(1); channel++) {
            weights.putScalar(new long[] {channel + padding, channel, 0, 0}, 1);
        }
    }
}
