package io.github.dl4jprune.cli;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Standard normal input of a model's shapes, from a generator of its own. */
final class RandomInput {
    /** Time steps of a series whose length is free. */
    private static final long STEPS = 32;

    private RandomInput() {}

    static INDArray[] batch(Path file, SavedModel model, int examples, long seed) {
        InputShapes shapes = model.inputShapes();
        if (!shapes.known()) {
            throw new IllegalArgumentException(
                    "model file \"" + file + "\" does not say the shape of its input; name it with --input-shape");
        }
        DataType type = model.network().params().dataType();
        Random random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
        INDArray[] inputs = new INDArray[shapes.shapes().size()];
        for (int i = 0; i < inputs.length; i++) {
            long[] shape = shapes.batch(i, examples);
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = shape[axis] < 0 ? STEPS : shape[axis];
            }
            inputs[i] = Nd4j.randn('c', shape, random).castTo(type);
        }
        return inputs;
    }
}
