package io.github.dl4jprune.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MNIST, or another set in its files and sizes (Fashion-MNIST): 28 x 28 grey images, ten classes.
 *
 * <p>The files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
 * {@code t10k-labels-idx1-ubyte}, each plain or with {@code .gz}; where both exist the plain one is read. Source: LeCun,
 * Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document Recognition, Proc. IEEE 86(11), 1998.
 *
 * @param folder where the files lie
 */
public record MnistFolder(Path folder) implements DataSource {
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @Override
    public LabeledImages load(Split split) {
        String prefix = split == Split.TEST ? "t10k" : "train";
        Path imageFile = find(prefix + "-images-idx3-ubyte");
        Path labelFile = find(prefix + "-labels-idx1-ubyte");
        IdxFile images = IdxFile.read(imageFile, 3);
        IdxFile labels = IdxFile.read(labelFile, 1);
        if (images.size(1) != SHAPE.height() || images.size(2) != SHAPE.width()) {
            throw new DataSourceException(
                    "%s: images must be 28 x 28, got %d x %d".formatted(imageFile, images.size(1), images.size(2)));
        }
        if (images.size(0) != labels.size(0)) {
            throw new DataSourceException("%s: must hold one label per image (%d images), got %d"
                    .formatted(labelFile, images.size(0), labels.size(0)));
        }
        Split.Range range = Folders.range(folder, split, images.size(0));
        int from = (int) range.from();
        int to = (int) range.to();
        return LabeledImages.owning(
                SHAPE,
                CLASSES,
                Arrays.copyOfRange(images.bytes(), from * SHAPE.bytes(), to * SHAPE.bytes()),
                labels(labelFile, labels, from, to));
    }

    private static int[] labels(Path file, IdxFile labels, int from, int to) {
        int[] result = new int[to - from];
        for (int i = from; i < to; i++) {
            int label = labels.bytes()[i] & 0xFF;
            if (label >= CLASSES.size()) {
                throw new DataSourceException(
                        "%s: record %d: label must be in [0, 9], got %d".formatted(file, i, label));
            }
            result[i - from] = label;
        }
        return result;
    }

    private Path find(String name) {
        Path plain = Folders.existing(folder).resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (Files.isRegularFile(plain)) {
            return plain;
        }
        if (Files.isRegularFile(packed)) {
            return packed;
        }
        throw new DataSourceException("%s: no %s or %s.gz in the folder".formatted(folder, name, name));
    }

    @Override
    public String toString() {
        return "mnist:" + folder;
    }
}
