package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a model takes: as its file says, or else as its configuration lets one conclude. */
public final class ModelInputs {
    private ModelInputs() {}

    /** The types of a model's inputs, as far as they are known. */
    public static InputTypes types(SavedModel model) {
        NetworkStructure structure = NetworkView.of(model.network()).structure();
        InputShapes known = model.inputShapes();
        return known.known() ? InputTypes.of(structure, known.arrays()) : InputTypes.infer(structure);
    }

    /** One batch of random values for every input, the same for the same seed. */
    public static INDArray[] random(SavedModel model, int examples, long seed) {
        return ExampleInputs.random(NetworkView.of(model.network()), types(model), examples, seed);
    }

    /** Shapes as people write them: {@code [3, 32, 32] and [7, 10]}. */
    public static String text(List<?> shapes) {
        return shapes.stream()
                .map(shape -> shape instanceof long[] sizes ? Arrays.toString(sizes) : String.valueOf(shape))
                .collect(Collectors.joining(" and "));
    }
}
