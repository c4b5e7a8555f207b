package io.github.dl4jprune.cost;

/**
 * What a network costs.
 *
 * @param parameters trainable values: no running statistics of batch normalisation, nothing of frozen layers
 * @param macs multiply-adds of convolution, dense and recurrent layers for one example, frozen layers left out
 * @param fixedMacs multiply-adds of frozen layers, such as the fixed shortcut convolutions of CIFAR ResNets
 */
public record Cost(long parameters, long macs, long fixedMacs) {}
