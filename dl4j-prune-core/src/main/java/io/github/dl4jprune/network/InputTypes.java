package io.github.dl4jprune.network;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * How large one example is at each input of a network: needed to count multiply-adds and to make random inputs, and not
 * stored by DL4J.
 *
 * @param types one for each input, in the network's order
 * @param origin how they are known
 */
public record InputTypes(List<InputType> types, Origin origin) {
    /** How shapes are known. */
    public enum Origin {
        /** Said by the user, the data or the model file. */
        GIVEN,
        /** Found in the configuration: sizes before flattening layers allow only these and few others. */
        INFERRED,
        /** The configuration allows any size; a usual one was taken. */
        ASSUMED
    }

    /** Copies the list. */
    public InputTypes {
        types = List.copyOf(types);
    }

    /** Finds the shapes in a network's configuration. */
    public static InputTypes infer(NetworkStructure structure) {
        return new InputTypeInference(structure).infer();
    }

    /**
     * Shapes given as numbers.
     *
     * @param shapes one example's shape for each input, in the network's own axis order: {@code [n]}, {@code [n, time]},
     *     {@code [channels, height, width]} (or channels last), {@code [channels, depth, height, width]}
     */
    public static InputTypes of(NetworkStructure structure, List<long[]> shapes) {
        return new InputTypes(new InputTypeInference(structure).given(shapes), Origin.GIVEN);
    }

    /** One example's shape for each input, in the network's own axis order. */
    public List<long[]> shapes() {
        return types.stream().map(InputTypes::shape).toList();
    }

    private static long[] shape(InputType type) {
        long[] withBatch = type.getShape(true);
        return java.util.Arrays.copyOfRange(withBatch, 1, withBatch.length);
    }
}
