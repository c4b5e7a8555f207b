package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --input-shape}, for model files that do not say what they take. */
@Command
public final class InputShapeOption {
    @Option(
            names = "--input-shape",
            paramLabel = "SIZES",
            description = "Shape of one example, such as 3,32,32, in the network's axis order; once for each input."
                    + " Default: what the model file says, or its layers allow.")
    private List<String> shapes = List.of();

    /**
     * The model with these shapes, or as it is if none were named.
     *
     * @throws IllegalArgumentException if they are no shapes, or do not fit the network
     */
    public SavedModel applyTo(SavedModel model) {
        if (shapes.isEmpty()) {
            return model;
        }
        List<long[]> parsed = shapes.stream().map(InputShapeOption::parse).toList();
        Optional<String> misfit =
                InputTypes.misfit(NetworkView.of(model.network()).structure(), parsed);
        if (misfit.isPresent()) {
            throw new IllegalArgumentException("--input-shape %s does not fit the network: %s"
                    .formatted(String.join(" and ", shapes), misfit.get()));
        }
        return model.withInputShapes(InputShapes.of(parsed.toArray(long[][]::new)));
    }

    private static long[] parse(String shape) {
        if (!shape.matches("-?\\d{1,9}(,-?\\d{1,9})*")) {
            throw new IllegalArgumentException(
                    "--input-shape must be sizes between commas, such as 3,32,32, got \"" + shape + "\"");
        }
        return List.of(shape.split(",")).stream().mapToLong(Long::parseLong).toArray();
    }
}
