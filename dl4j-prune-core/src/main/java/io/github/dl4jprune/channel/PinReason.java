package io.github.dl4jprune.channel;

/** Why a channel cannot be removed. */
public enum PinReason {
    /** It is an input of the network: the data decides its width. */
    NETWORK_INPUT,
    /** It is an output of the network, or is read by an output layer without weights. */
    NETWORK_OUTPUT,
    /** All layers that produce it are frozen: frozen layers are followed, never ranked. */
    FROZEN,
    /** A softmax makes every channel depend on all others. */
    SOFTMAX,
    /** A layer normalisation takes its statistics over all channels. */
    LAYER_NORMALIZATION,
    /** A local response normalisation reads neighbouring channels. */
    LOCAL_RESPONSE_NORMALIZATION,
    /** An attention layer mixes channels, or fixes their number. */
    ATTENTION,
    /** A norm or distance over all channels reads it while a removed channel would not be zero there. */
    NORM_OVER_CHANNELS,
    /** A reshape or permutation gives its positions another meaning. */
    RESHAPE,
    /** It is broadcast over the channels of another activation. */
    BROADCAST,
    /** It meets an activation of unknown width. */
    UNKNOWN_WIDTH,
    /** An activation function outside the known element-wise ones reads it. */
    UNKNOWN_ACTIVATION_FUNCTION,
    /** A layer type without a rule produces or reads it. */
    UNKNOWN_LAYER,
    /** A vertex type without a rule reads it. */
    UNKNOWN_VERTEX,
    /** A preprocessor type without a rule reads it. */
    UNKNOWN_PREPROCESSOR
}
