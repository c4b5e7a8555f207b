package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.util.ArrayList;
import java.util.List;
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

    /** The model with these shapes, or as it is if none were named. */
    public SavedModel applyTo(SavedModel model) {
        return shapes.isEmpty() ? model : model.withInputShapes(parse());
    }

    private InputShapes parse() {
        List<List<Long>> parsed = new ArrayList<>();
        for (String shape : shapes) {
            if (!shape.matches("-?\\d{1,9}(,-?\\d{1,9})*")) {
                throw new IllegalArgumentException(
                        "--input-shape must be sizes between commas, such as 3,32,32, got \"" + shape + "\"");
            }
            parsed.add(List.of(shape.split(",")).stream().map(Long::valueOf).toList());
        }
        return new InputShapes(parsed);
    }
}
