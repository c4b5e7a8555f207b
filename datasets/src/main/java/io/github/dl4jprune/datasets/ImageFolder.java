package io.github.dl4jprune.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of images: {@code train/CLASS/*} and {@code test/CLASS/*}, read through DataVec.
 *
 * <p>The classes are the folders below {@code train}, sorted by name; the folders below {@code test} must be the same.
 * Every class needs an image in each. All images must have one size, that of the first training image. Every image
 * becomes three channels, red, green and blue: grey is repeated, transparency is laid over black. Names that begin with
 * a dot are skipped; everything else must be an image (PNG, JPEG, BMP, GIF, TIFF, PSD).
 *
 * <p>File order: the images of every class, sorted by name, are dealt out evenly, so that any stretch of the records, the
 * validation split and the first N examples included, holds the classes in their overall proportions. (Class after
 * class would leave the last tenth to the last class alone.)
 *
 * @param folder the folder that holds {@code train} and {@code test}
 */
public record ImageFolder(Path folder) implements DataSource {
    /** One image and its place in the order: its class and how far into the class it lies, in (0, 1). */
    private record Entry(Path file, int label, double depth) {}

    @Override
    public LabeledImages load(Split split) {
        Path root = Folders.existing(folder);
        List<String> classes = classes(Folders.existing(root.resolve("train")));
        List<Entry> training = entries(root.resolve("train"), classes);
        List<Entry> records = training;
        if (split == Split.TEST) {
            Path test = Folders.existing(root.resolve("test"));
            requireSame(test, classes);
            records = entries(test, classes);
        }
        Split.Range range = Folders.range(folder, split, records.size());
        List<Entry> chosen = records.subList((int) range.from(), (int) range.to());
        return read(chosen, classes, ImageFile.read(training.get(0).file()).shape());
    }

    private LabeledImages read(List<Entry> entries, List<String> classes, ImageShape shape) {
        byte[] pixels = new byte[Folders.arrayLength(folder, entries.size(), shape)];
        int[] labels = new int[entries.size()];
        for (int i = 0; i < labels.length; i++) {
            Entry entry = entries.get(i);
            ImageFile image = ImageFile.read(entry.file());
            if (!image.shape().equals(shape)) {
                throw new DataSourceException(
                        "%s: must be %d x %d pixels like the first training image, got %d x %d (width x height)"
                                .formatted(
                                        entry.file(),
                                        shape.width(),
                                        shape.height(),
                                        image.shape().width(),
                                        image.shape().height()));
            }
            System.arraycopy(image.pixels(), 0, pixels, i * shape.bytes(), shape.bytes());
            labels[i] = entry.label();
        }
        return LabeledImages.owning(shape, classes, pixels, labels);
    }

    private static List<String> classes(Path part) {
        List<String> classes = Folders.entries(part).stream()
                .filter(Files::isDirectory)
                .map(Folders::name)
                .toList();
        if (classes.size() < 2) {
            throw new DataSourceException(
                    "%s: must hold one folder per class, at least 2, got %s".formatted(part, classes));
        }
        return classes;
    }

    private static void requireSame(Path test, List<String> classes) {
        List<String> found = classes(test);
        Stream.concat(found.stream(), classes.stream())
                .filter(name -> !(found.contains(name) && classes.contains(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new DataSourceException("%s: must hold the classes of train, but class \"%s\" is %s"
                            .formatted(test, name, classes.contains(name) ? "missing" : "only in test"));
                });
    }

    private static List<Entry> entries(Path part, List<String> classes) {
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = part.resolve(classes.get(label));
            List<Path> files = Folders.entries(folder);
            if (files.isEmpty()) {
                throw new DataSourceException("%s: class \"%s\" has no images".formatted(folder, classes.get(label)));
            }
            for (int i = 0; i < files.size(); i++) {
                entries.add(new Entry(files.get(i), label, (i + 0.5) / files.size()));
            }
        }
        entries.sort(Comparator.comparingDouble(Entry::depth).thenComparingInt(Entry::label));
        return entries;
    }

    @Override
    public String toString() {
        return "images:" + folder;
    }
}
