package io.github.dl4jprune.network;

import io.github.dl4jprune.network.InputTypes.Origin;
import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Searches for the input sizes that a configuration allows. Flattening layers and layers with a fixed input size state
 * the height and width they expect; of the inputs that arrive there with that size, the one that can be
 * halved most often is taken, height and width each by itself.
 */
final class InputTypeInference {
    private static final int LARGEST = 640;
    private static final long[] USUAL_SIZES = {32, 64, 96, 128, 160, 224, 299, 416};
    private static final long[] USUAL_LENGTHS = {10, 32, 100, 320};

    private final NetworkStructure structure;
    private final List<InputReader> readers = new ArrayList<>();

    InputTypeInference(NetworkStructure structure) {
        this.structure = structure;
        for (NetworkNode node : structure.nodes()) {
            if (node.content() instanceof Input) {
                readers.add(InputReader.of(structure, node.name()));
            }
        }
    }

    /** What reads each input, in the network's order. */
    List<InputReader> readers() {
        return List.copyOf(readers);
    }

    InputTypes infer() {
        if (readers.stream().noneMatch(InputReader::sized)) {
            return new InputTypes(types(1, 1), Origin.INFERRED);
        }
        long height = 0;
        long width = 0;
        if (readers.stream().anyMatch(InputReader::isImage) && statesSizes()) {
            for (long size = 1; size <= LARGEST; size++) {
                ActivationTypes types = ActivationTypes.of(structure, types(size, size));
                height = fits(types, Extent.HEIGHT) ? rounder(height, size) : height;
                width = fits(types, Extent.WIDTH) ? rounder(width, size) : width;
                if (height > 0 && width > 0 && size > 2 * Math.max(height, width)) {
                    break;
                }
            }
        }
        return height > 0 && width > 0
                ? new InputTypes(types(height, width), Origin.INFERRED)
                : new InputTypes(usual(), Origin.ASSUMED);
    }

    /** Of two sizes that pooling rounds to the same, the one that can be halved more often; 0 stands for none yet. */
    private static long rounder(long before, long size) {
        return before == 0 || Long.numberOfTrailingZeros(size) > Long.numberOfTrailingZeros(before) ? size : before;
    }

    private List<InputType> usual() {
        boolean series = readers.stream().noneMatch(InputReader::isImage);
        for (long size : series ? USUAL_LENGTHS : USUAL_SIZES) {
            List<InputType> candidate = types(size, size);
            ActivationTypes types = ActivationTypes.of(structure, candidate);
            if (structure.outputs().stream()
                    .allMatch(output -> types.written(output).isPresent())) {
                return candidate;
            }
        }
        long fallback = series ? USUAL_LENGTHS[0] : USUAL_SIZES[0];
        return types(fallback, fallback);
    }

    private List<InputType> types(long height, long width) {
        return readers.stream().map(reader -> reader.type(height, width)).toList();
    }

    /** Types for shapes that somebody stated. */
    List<InputType> given(List<long[]> shapes) {
        if (shapes.size() != readers.size()) {
            throw new IllegalArgumentException("input shapes must be as many as the network's inputs, " + readers.size()
                    + ", got " + shapes.size());
        }
        List<InputType> types = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            types.add(readers.get(i).type(shapes.get(i)));
        }
        return types;
    }

    private enum Extent {
        HEIGHT,
        WIDTH
    }

    private boolean statesSizes() {
        return structure.nodes().stream()
                .anyMatch(node -> node.content() instanceof LayerContent content
                        && expected(content.preProcessor()).isPresent());
    }

    /** Whether some layer fixes that extent and every layer that does gets what it expects. */
    private boolean fits(ActivationTypes types, Extent extent) {
        boolean fixed = false;
        for (NetworkNode node : structure.nodes()) {
            if (node.content() instanceof LayerContent content) {
                Optional<long[]> expected = expected(content.preProcessor());
                if (expected.isPresent()) {
                    fixed = true;
                    long wanted = expected.get()[extent == Extent.HEIGHT ? 0 : 1];
                    Optional<InputType> before = types.written(node.inputs().get(0));
                    if (before.isEmpty() || extent(before.get(), extent) != wanted) {
                        return false;
                    }
                }
            }
        }
        return fixed;
    }

    private static Optional<long[]> expected(@Nullable InputPreProcessor preProcessor) {
        if (preProcessor instanceof CnnToFeedForwardPreProcessor p && p.getInputHeight() > 0) {
            return Optional.of(new long[] {p.getInputHeight(), p.getInputWidth()});
        }
        if (preProcessor instanceof CnnToRnnPreProcessor p) {
            return Optional.of(new long[] {p.getInputHeight(), p.getInputWidth()});
        }
        if (preProcessor instanceof Cnn3DToFeedForwardPreProcessor p) {
            return Optional.of(new long[] {p.getInputHeight(), p.getInputWidth()});
        }
        return Optional.empty();
    }

    private static long extent(InputType type, Extent extent) {
        boolean height = extent == Extent.HEIGHT;
        if (type instanceof InputTypeConvolutional image) {
            return height ? image.getHeight() : image.getWidth();
        }
        if (type instanceof InputTypeConvolutional3D volume) {
            return height ? volume.getHeight() : volume.getWidth();
        }
        return -1;
    }
}
