package io.github.dl4jprune.randomnetworks;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.activations.Activation;

/** Which activation functions a random network may use inside. */
public enum ActivationKind {
    /** f(0) = 0, so that a channel whose input is zero stays zero. */
    ZERO_PRESERVING,
    /** Those, and others that turn zero into a constant. */
    ANY;

    List<Activation> functions() {
        Stream<Activation> preserving = Stream.of(
                Activation.RELU,
                Activation.RELU,
                Activation.LEAKYRELU,
                Activation.TANH,
                Activation.IDENTITY,
                Activation.ELU,
                Activation.SWISH,
                Activation.GELU,
                Activation.SELU,
                Activation.HARDTANH,
                Activation.SOFTSIGN,
                Activation.MISH);
        Stream<Activation> others =
                Stream.of(Activation.SIGMOID, Activation.SOFTPLUS, Activation.HARDSIGMOID, Activation.SIGMOID);
        return this == ZERO_PRESERVING
                ? preserving.toList()
                : Stream.concat(preserving, others).toList();
    }
}
