package io.github.dl4jprune.cli;

import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** What a model takes: as its file says, or else as its configuration lets one conclude. */
final class ModelInputs {
    /** Time steps of a series whose length is free. */
    private static final long STEPS = 32;

    private ModelInputs() {}

    static InputTypes types(SavedModel model) {
        NetworkStructure structure = NetworkView.of(model.network()).structure();
        InputShapes known = model.inputShapes();
        return known.known()
                ? InputTypes.of(
                        structure,
                        IntStream.range(0, known.shapes().size())
                                .mapToObj(known::shape)
                                .toList())
                : InputTypes.infer(structure);
    }

    /** One batch of standard normal values for every input, from a generator of its own. */
    static INDArray[] random(SavedModel model, int examples, long seed) {
        DataType type = model.network().params().dataType();
        Random random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
        List<long[]> shapes = types(model).shapes();
        INDArray[] inputs = new INDArray[shapes.size()];
        for (int i = 0; i < inputs.length; i++) {
            long[] batch = new long[shapes.get(i).length + 1];
            batch[0] = examples;
            for (int axis = 1; axis < batch.length; axis++) {
                batch[axis] = shapes.get(i)[axis - 1] < 1 ? STEPS : shapes.get(i)[axis - 1];
            }
            inputs[i] = Nd4j.randn(random, batch).castTo(type);
        }
        return inputs;
    }
}
