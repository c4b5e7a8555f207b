package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say on which images models are evaluated. */
@Command
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class EvaluatedImages {
    @Option(names = "--data", paramLabel = "DATA", required = true, description = "Labelled images.")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            defaultValue = "test",
            description = "Part of the data (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N examples of the split.")
    private @Nullable Integer examples;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "128",
            description = "Examples at a time; does not change the result (default: ${DEFAULT-VALUE}).")
    private int batch;

    /** The part of the data. */
    public Split split() {
        return Split.parse(split);
    }

    /** Examples at a time. */
    public Batch batch() {
        return new Batch("--batch", batch);
    }

    /** The images, fitted to a model. */
    public ModelImages of(SavedModel model) {
        return ModelImages.load(model, data, split(), examples);
    }

    /** The images as they are stored. */
    public LabeledImages load() {
        LabeledImages all = DataSource.parse(data).load(split());
        return examples == null ? all : all.take(examples);
    }
}
