package io.github.dl4jprune.datasets;

import io.github.dl4jprune.text.NearestName;
import java.nio.file.Path;
import java.util.List;

/**
 * Where labelled images come from. The text form, as on the command line, is one of
 *
 * <ul>
 *   <li>{@code embedded}: painted in memory, see {@link EmbeddedImages};
 *   <li>{@code cifar10:DIR}: CIFAR-10, binary version, see {@link Cifar10Folder};
 *   <li>{@code mnist:DIR}: MNIST in IDX files, plain or .gz, see {@link MnistFolder};
 *   <li>{@code images:DIR}: {@code train/CLASS/*} and {@code test/CLASS/*}, see {@link ImageFolder}.
 * </ul>
 */
public sealed interface DataSource permits EmbeddedImages, Cifar10Folder, MnistFolder, ImageFolder {
    /**
     * Reads one part of the data into memory.
     *
     * @param split which part; train and validation are the first nine tenths and the last tenth of the training records
     * @return at least one image, in file order
     * @throws DataSourceException if a folder or file is missing, short, corrupt or of another format, or if the split
     *     would be empty
     */
    LabeledImages load(Split split);

    /**
     * Reads the text form. Folders are looked for at once, their content only when it is loaded.
     *
     * @param text {@code embedded}, {@code cifar10:DIR}, {@code mnist:DIR} or {@code images:DIR}
     * @return the source
     * @throws DataSourceException if the kind is unknown (the message names the nearest) or the folder does not exist
     */
    static DataSource parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String folder = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "embedded" -> embedded(text, colon);
            case "cifar10" -> new Cifar10Folder(folder(text, folder));
            case "mnist" -> new MnistFolder(folder(text, folder));
            case "images" -> new ImageFolder(folder(text, folder));
            default ->
                throw new DataSourceException("data \"%s\": must be embedded, cifar10:DIR, mnist:DIR or images:DIR%s"
                        .formatted(text, suggestion(kind, colon < 0 ? "DIR" : folder)));
        };
    }

    private static DataSource embedded(String text, int colon) {
        if (colon >= 0) {
            throw new DataSourceException(
                    "data \"%s\": embedded takes no folder; did you mean \"embedded\"?".formatted(text));
        }
        return new EmbeddedImages();
    }

    private static Path folder(String text, String folder) {
        if (folder.isEmpty()) {
            throw new DataSourceException(
                    "data \"%s\": needs a folder; did you mean \"%s:DIR\"?".formatted(text, text.replace(":", "")));
        }
        return Folders.existing(Path.of(folder));
    }

    private static String suggestion(String kind, String folder) {
        return NearestName.of(kind, List.of("embedded", "cifar10", "mnist", "images"))
                .map(nearest ->
                        "; did you mean \"" + (nearest.equals("embedded") ? nearest : nearest + ":" + folder) + "\"?")
                .orElse("");
    }
}
