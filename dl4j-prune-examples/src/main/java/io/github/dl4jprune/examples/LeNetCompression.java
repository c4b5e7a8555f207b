package io.github.dl4jprune.examples;

import java.util.Map;

/**
 * How one of the paper's two MNIST networks is compressed.
 *
 * @param denseEpochs passes of the dense network over the training images
 * @param pruningEpochs passes with pruning on the way
 * @param lastStep the epoch by whose end all weights that go are gone
 * @param learningRate of the passes with pruning, at the first iteration
 * @param keep part of the weights that survives, by layer
 * @param bits of a code, by layer: {@code 2^bits} centroids
 */
record LeNetCompression(
        int denseEpochs,
        int pruningEpochs,
        int lastStep,
        double learningRate,
        Map<String, Double> keep,
        Map<String, Integer> bits) {
    /** The recipe of a network, {@code lenet300} or {@code lenet5}. */
    static LeNetCompression of(String name) {
        return switch (name) {
            case "lenet300" ->
                new LeNetCompression(
                        20,
                        100,
                        60,
                        0.05,
                        Map.of("ip1", 0.085, "ip2", 0.12, "ip3", 0.40),
                        Map.of("ip1", 4, "ip2", 4, "ip3", 4));
            case "lenet5" ->
                new LeNetCompression(
                        8,
                        20,
                        12,
                        0.01,
                        Map.of("conv1", 0.66, "conv2", 0.12, "ip1", 0.07, "ip2", 0.19),
                        Map.of("conv1", 5, "conv2", 4, "ip1", 4, "ip2", 4));
            default -> throw new IllegalArgumentException("network must be lenet300 or lenet5, got \"" + name + "\"");
        };
    }
}
