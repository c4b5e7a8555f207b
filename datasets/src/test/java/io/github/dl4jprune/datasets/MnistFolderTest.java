package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;

    @TempDir
    private Path folder;

    @Test
    void plain_and_packed_files_read_alike() throws IOException {
        write("train-images-idx3-ubyte", images(20));
        write("train-labels-idx1-ubyte.gz", gzip(labels(20)));

        LabeledImages train = new MnistFolder(folder).load(Split.TRAIN);
        LabeledImages validation = new MnistFolder(folder).load(Split.VALIDATION);

        assertThat(train.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(train.examples()).isEqualTo(18);
        assertThat(train.label(17)).isEqualTo(7);
        assertThat(train.pixel(17, 0, 27, 27)).isEqualTo(17);
        assertThat(validation.examples()).isEqualTo(2);
        assertThat(validation.label(1)).isEqualTo(9);
        assertThat(validation.pixel(1, 0, 0, 0)).isEqualTo(19);
    }

    @Test
    void files_must_be_there() {
        assertThatThrownBy(() -> new MnistFolder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("%s: no t10k-images-idx3-ubyte or t10k-images-idx3-ubyte.gz in the folder", folder);
    }

    @Test
    void another_magic_number_is_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte", labels(5));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": not an IDX file of bytes in 3 dimensions: magic number must be 2051, got 2049");
    }

    @Test
    void a_short_file_is_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte", Arrays.copyOf(images(5), 16 + 5 * 784 - 1));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": must hold 3920 elements, got 3919");
    }

    @Test
    void a_long_file_is_refused() throws IOException {
        write("t10k-images-idx3-ubyte", images(5));
        Path file = write("t10k-labels-idx1-ubyte", Arrays.copyOf(labels(5), 8 + 6));

        assertRefused(file + ": must hold 5 elements, got more");
    }

    @Test
    void a_file_cut_off_within_its_header_is_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte", Arrays.copyOf(images(5), 10));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": ends too early, the file is cut off");
    }

    @Test
    void a_truncated_gzip_file_is_refused() throws IOException {
        byte[] packed = gzip(images(5));
        Path file = write("t10k-images-idx3-ubyte.gz", Arrays.copyOf(packed, packed.length - 20));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": ends too early, the file is cut off");
    }

    @Test
    void a_file_that_only_claims_to_be_gzip_is_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte.gz", images(5));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": cannot be read (ZipException: Not in GZIP format)");
    }

    @Test
    void a_header_that_lies_about_its_size_costs_no_memory() throws IOException {
        byte[] lie = ByteBuffer.allocate(16)
                .putInt(IMAGES)
                .putInt(2_000_000)
                .putInt(28)
                .putInt(28)
                .array();
        Path file = write("t10k-images-idx3-ubyte", lie);
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": must hold 1568000000 elements, got 0");
    }

    @Test
    void negative_and_huge_sizes_are_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte", header(-5, 28, -28));
        write("t10k-labels-idx1-ubyte", labels(5));

        assertRefused(file + ": sizes must be positive and make at most 2147483639 bytes, got [-5, 28, -28]");
        write("t10k-images-idx3-ubyte", header(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused(file + ": sizes must be positive and make at most 2147483639 bytes,"
                + " got [2147483647, 2147483647, 2147483647]");
    }

    @Test
    void images_of_another_size_are_refused() throws IOException {
        Path file = write("t10k-images-idx3-ubyte", Arrays.copyOf(header(1, 32, 30), 16 + 32 * 30));
        write("t10k-labels-idx1-ubyte", labels(1));

        assertRefused(file + ": images must be 28 x 28, got 32 x 30");
    }

    @Test
    void every_image_needs_a_label() throws IOException {
        write("t10k-images-idx3-ubyte", images(5));
        Path file = write("t10k-labels-idx1-ubyte", labels(4));

        assertRefused(file + ": must hold one label per image (5 images), got 4");
    }

    @Test
    void a_label_above_nine_is_refused() throws IOException {
        byte[] labels = labels(5);
        labels[8 + 3] = 10;
        write("t10k-images-idx3-ubyte", images(5));
        Path file = write("t10k-labels-idx1-ubyte", labels);

        assertRefused(file + ": record 3: label must be in [0, 9], got 10");
    }

    @Test
    void the_real_set_is_split_as_documented() {
        MnistFolder mnist = new MnistFolder(SharedData.mnist());

        LabeledImages train = mnist.load(Split.TRAIN);

        // zcat train-labels-idx1-ubyte.gz | od -An -tu1 -j8 -N8
        assertThat(labels(train, 8)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3);
        assertThat(train.examples()).isEqualTo(54_000);
        // zcat train-images-idx3-ubyte.gz | od -An -tu1 -j156 -N28: row 5 of the first image
        assertThat(train.pixel(0, 0, 5, 11)).isZero();
        assertThat(train.pixel(0, 0, 5, 12)).isEqualTo(3);
        assertThat(train.pixel(0, 0, 5, 21)).isEqualTo(255);
    }

    @Test
    void the_real_validation_and_test_parts_are_the_documented_records() {
        MnistFolder mnist = new MnistFolder(SharedData.mnist());

        LabeledImages validation = mnist.load(Split.VALIDATION);
        LabeledImages test = mnist.load(Split.TEST);

        assertThat(validation.examples()).isEqualTo(6_000);
        // zcat train-labels-idx1-ubyte.gz | od -An -tu1 -j54008 -N4
        assertThat(labels(validation, 4)).containsExactly(5, 3, 5, 0);
        assertThat(test.examples()).isEqualTo(5_000);
        assertThat(labels(test, 8)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> new MnistFolder(folder).load(Split.TEST))
                .isInstanceOf(DataSourceException.class)
                .hasMessage(message);
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static int[] labels(LabeledImages images, int count) {
        int[] labels = new int[count];
        Arrays.setAll(labels, images::label);
        return labels;
    }

    /** Images each filled with its number. */
    private static byte[] images(int count) {
        byte[] file = Arrays.copyOf(header(count, 28, 28), 16 + count * 784);
        for (int i = 0; i < count; i++) {
            Arrays.fill(file, 16 + i * 784, 16 + (i + 1) * 784, (byte) i);
        }
        return file;
    }

    private static byte[] header(int count, int rows, int columns) {
        return ByteBuffer.allocate(16)
                .putInt(IMAGES)
                .putInt(count)
                .putInt(rows)
                .putInt(columns)
                .array();
    }

    /** Labels 0, 1, ..., 9, 0, 1, ... */
    private static byte[] labels(int count) {
        ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(LABELS).putInt(count);
        for (int i = 0; i < count; i++) {
            file.put((byte) (i % 10));
        }
        return file.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
