package io.github.dl4jprune.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
        Optional<String> misfit = misfit(structure, shapes);
        if (misfit.isPresent()) {
            throw new IllegalArgumentException("input shape %s does not fit the network: %s"
                    .formatted(
                            shapes.stream().map(Arrays::toString).collect(Collectors.joining(" and ")), misfit.get()));
        }
        return new InputTypes(new InputTypeInference(structure).given(shapes), Origin.GIVEN);
    }

    /**
     * Why no example of these shapes can pass a network: too few or too many shapes, sizes below 1, more than 2^31 - 1
     * values, or a layer that takes another number of channels, values or pixels than it would get. A shape about which
     * nothing can be said, such as one that goes through a layer of the user's own, is held to fit.
     *
     * @param shapes as for {@link #of}
     * @return the reason, empty if they fit
     */
    public static Optional<String> misfit(NetworkStructure structure, List<long[]> shapes) {
        return new InputFit(structure).misfit(shapes);
    }

    /** One example's shape for each input, in the network's own axis order. */
    public List<long[]> shapes() {
        return types.stream().map(InputTypes::shape).toList();
    }

    static long[] shape(InputType type) {
        long[] withBatch = type.getShape(true);
        return Arrays.copyOfRange(withBatch, 1, withBatch.length);
    }
}
