package io.github.dl4jprune.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CIFAR-10 in its binary version: {@code data_batch_N.bin}, in the order of N, and {@code test_batch.bin}.
 *
 * <p>A record is 3,073 bytes: the label (0 to 9), then the red, green and blue plane of 32 x 32 bytes, row by row. Files
 * may hold any number of records. The training files are numbers 1 to 5, or to a higher one, without a gap; 1 alone is
 * taken as a smaller set. Only the records of the wanted split are read. Source: Krizhevsky, Learning Multiple
 * Layers of Features from Tiny Images, 2009.
 *
 * @param folder where the files lie
 */
public record Cifar10Folder(Path folder) implements DataSource {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.bytes();
    private static final int TRAINING_FILES = 5;
    private static final int CHUNK = 256;
    private static final Pattern TRAINING = Pattern.compile("data_batch_([0-9]{1,9})\\.bin");
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    @Override
    public LabeledImages load(Split split) {
        List<Path> files = files(split);
        long records = 0;
        for (Path file : files) {
            records += records(file);
        }
        Split.Range range = Folders.range(folder, split, records);
        byte[] pixels = new byte[Folders.arrayLength(folder, range.length(), SHAPE)];
        int[] labels = new int[(int) range.length()];
        long start = 0;
        int loaded = 0;
        for (Path file : files) {
            long length = records(file);
            Split.Range part = range.within(start, length);
            read(file, part, pixels, labels, loaded);
            loaded += (int) part.length();
            start += length;
        }
        return LabeledImages.owning(SHAPE, CLASSES, pixels, labels);
    }

    private List<Path> files(Split split) {
        List<Path> entries = Folders.entries(folder);
        List<Path> files = split == Split.TEST
                ? entries.stream()
                        .filter(file -> Folders.name(file).equals("test_batch.bin"))
                        .toList()
                : entries.stream()
                        .filter(file -> TRAINING.matcher(Folders.name(file)).matches())
                        .sorted(Comparator.comparingInt(Cifar10Folder::number))
                        .toList();
        if (files.isEmpty()) {
            throw new DataSourceException("%s: no %s in the folder; CIFAR-10's binary version is needed"
                    .formatted(folder, split == Split.TEST ? "test_batch.bin" : "data_batch_N.bin"));
        }
        if (split != Split.TEST) {
            requireAll(files);
        }
        return files;
    }

    /** Training files without one of them would be another data set, and another split. */
    private void requireAll(List<Path> files) {
        List<Integer> numbers = files.stream().map(Cifar10Folder::number).toList();
        int last = numbers.get(numbers.size() - 1);
        if (numbers.equals(List.of(1))) {
            return;
        }
        for (int number = 1; number <= Math.max(TRAINING_FILES, last); number++) {
            if (!numbers.contains(number)) {
                throw new DataSourceException("%s: data_batch_%d.bin is missing, the folder has %s"
                        .formatted(
                                folder,
                                number,
                                files.stream().map(Folders::name).collect(Collectors.joining(", "))));
            }
        }
    }

    private static int number(Path file) {
        var matcher = TRAINING.matcher(Folders.name(file));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static long records(Path file) {
        try {
            long size = Files.size(file);
            if (size == 0 || size % RECORD != 0) {
                throw new DataSourceException(
                        "%s: length must be a positive multiple of %d bytes, got %d".formatted(file, RECORD, size));
            }
            return size / RECORD;
        } catch (IOException e) {
            throw Folders.unreadable(file, e);
        }
    }

    private static void read(Path file, Split.Range part, byte[] pixels, int[] labels, int at) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * RECORD);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(part.from() * RECORD);
            for (long record = part.from(); record < part.to(); ) {
                buffer.clear().limit((int) Math.min(CHUNK, part.to() - record) * RECORD);
                while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
                buffer.flip();
                if (buffer.remaining() % RECORD != 0 || !buffer.hasRemaining()) {
                    throw new DataSourceException("%s: ends within record %d".formatted(file, record));
                }
                for (; buffer.hasRemaining(); record++, at++) {
                    labels[at] = label(file, record, buffer.get());
                    buffer.get(pixels, at * SHAPE.bytes(), SHAPE.bytes());
                }
            }
        } catch (IOException e) {
            throw Folders.unreadable(file, e);
        }
    }

    private static int label(Path file, long record, byte value) {
        int label = value & 0xFF;
        if (label >= CLASSES.size()) {
            throw new DataSourceException(
                    "%s: record %d: label must be in [0, 9], got %d".formatted(file, record, label));
        }
        return label;
    }

    @Override
    public String toString() {
        return "cifar10:" + folder;
    }
}
