package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    @TempDir
    private Path folder;

    @Test
    void classes_are_sorted_by_name_and_dealt_out_evenly() throws IOException {
        fill("train/dog", 6);
        fill("train/cat", 12);
        fill("train/ant", 2);

        LabeledImages train = new ImageFolder(folder).load(Split.TRAIN);
        LabeledImages validation = new ImageFolder(folder).load(Split.VALIDATION);

        assertThat(train.classNames()).containsExactly("ant", "cat", "dog");
        assertThat(train.examples()).isEqualTo(18);
        assertThat(validation.examples()).isEqualTo(2);
        assertThat(labels(train)).containsExactly(1, 2, 1, 1, 0, 2, 1, 1, 2, 1, 1, 2, 1, 1, 0, 2, 1, 1);
        assertThat(labels(validation)).containsExactly(2, 1);
    }

    @Test
    void pixels_come_as_red_green_blue_planes() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0x0A14FE);
        image.setRGB(0, 1, 0x800000);
        write(image, "train/a/0.png");
        fill("train/b", 9);

        LabeledImages train = new ImageFolder(folder).load(Split.TRAIN);

        int first = labels(train).indexOf(0);
        assertThat(train.shape()).isEqualTo(new ImageShape(3, 2, 3));
        assertThat(rgb(train, first, 1, 2)).containsExactly(10, 20, 254);
        assertThat(rgb(train, first, 1, 0)).containsExactly(128, 0, 0);
        assertThat(rgb(train, first, 0, 0)).containsExactly(0, 0, 0);
    }

    @Test
    void grey_is_repeated_and_transparency_is_laid_over_black() throws IOException {
        BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(1, 0, 0, 77);
        BufferedImage transparent = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        transparent.setRGB(1, 0, 0xFF030201);
        transparent.setRGB(2, 0, 0x00FFFFFF);
        write(grey, "test/a/0.png");
        write(transparent, "test/b/0.png");
        fill("train/a", 1);
        fill("train/b", 1);

        LabeledImages test = new ImageFolder(folder).load(Split.TEST);

        assertThat(rgb(test, 0, 0, 1)).containsExactly(77, 77, 77);
        assertThat(rgb(test, 1, 0, 1)).containsExactly(3, 2, 1);
        assertThat(rgb(test, 1, 0, 2)).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "bmp", "gif", "tif"})
    void other_formats_are_read(String format) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, 0x64C832);
        }
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();

        ImageFile read = ImageFile.read(file);

        assertThat(read.shape()).isEqualTo(new ImageShape(3, 16, 16));
        assertThat(read.pixels()[0] & 0xFF).isBetween(98, 102);
        assertThat(read.pixels()[256] & 0xFF).isBetween(198, 202);
        assertThat(read.pixels()[512] & 0xFF).isBetween(48, 52);
    }

    @Test
    void hidden_files_are_skipped() throws IOException {
        fill("train/a", 5);
        fill("train/b", 5);
        Files.writeString(folder.resolve("train/a/.DS_Store"), "x");
        Files.createDirectory(folder.resolve("train/.cache"));

        assertThat(new ImageFolder(folder).load(Split.TRAIN).examples()).isEqualTo(9);
    }

    @Test
    void all_images_have_one_size() throws IOException {
        fill("train/a", 5);
        fill("train/b", 5);
        Path other = write(new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB), "train/b/1.png");

        assertRefused(
                Split.TRAIN,
                other + ": must be 3 x 2 pixels like the first training image, got 4 x 2 (width x height)");
    }

    @Test
    void a_file_that_is_no_image_is_named() throws IOException {
        fill("train/a", 5);
        fill("train/b", 5);
        Path text = Files.writeString(folder.resolve("train/a/0.png"), "not an image");

        assertRefused(Split.TRAIN, text + ": not an image of a known format");
    }

    @Test
    void a_corrupt_png_is_named() throws IOException {
        fill("train/a", 5);
        fill("train/b", 5);
        Path file = folder.resolve("train/a/0.png");
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));

        assertRefused(Split.TRAIN, file + ": not a readable image, the file is corrupt");
    }

    @Test
    void a_truncated_jpeg_is_named() throws IOException {
        fill("train/a", 5);
        fill("train/b", 5);
        Path file = folder.resolve("train/a/0.jpg");
        ImageIO.write(noise(), "jpg", file.toFile());
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length - 100));

        assertRefused(Split.TRAIN, file + ": JPEG without an end marker, the file is cut off");
    }

    @Test
    void an_empty_class_is_named() throws IOException {
        fill("train/a", 5);
        Path empty = Files.createDirectories(folder.resolve("train/b"));

        assertRefused(Split.TRAIN, empty + ": class \"b\" has no images");
    }

    @Test
    void one_class_is_not_enough() throws IOException {
        fill("train/a", 5);

        assertRefused(Split.TRAIN, folder.resolve("train") + ": must hold one folder per class, at least 2, got [a]");
    }

    @Test
    void test_must_hold_the_classes_of_train() throws IOException {
        for (String part : List.of("train/a", "train/b", "train/c", "test/a", "test/b", "test/c")) {
            fill(part, 1);
        }
        assertThat(new ImageFolder(folder).load(Split.TEST).classNames()).containsExactly("a", "b", "c");

        Files.move(folder.resolve("test/c"), folder.resolve("test/d"));
        assertRefused(
                Split.TEST,
                folder.resolve("test") + ": must hold the classes of train, but class \"d\" is only in test");
        Files.move(folder.resolve("test/d"), folder.resolve("kept-aside"));
        assertRefused(
                Split.TEST, folder.resolve("test") + ": must hold the classes of train, but class \"c\" is missing");
    }

    @Test
    void the_folders_must_be_there() throws IOException {
        assertRefused(Split.TRAIN, "data folder " + folder.resolve("train") + ": does not exist");
        fill("train/a", 5);
        fill("train/b", 5);
        assertRefused(Split.TEST, "data folder " + folder.resolve("test") + ": does not exist");
    }

    private void assertRefused(Split split, String message) {
        assertThatThrownBy(() -> new ImageFolder(folder).load(split))
                .isInstanceOf(DataSourceException.class)
                .hasMessage(message);
    }

    /** Black images of 3 x 2 pixels. */
    private void fill(String part, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), part + "/" + i + ".png");
        }
    }

    private Path write(BufferedImage image, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1024; i++) {
            image.setRGB(i % 32, i / 32, i * 7919);
        }
        return image;
    }

    private static List<Integer> labels(LabeledImages images) {
        return IntStream.range(0, images.examples()).mapToObj(images::label).toList();
    }

    private static int[] rgb(LabeledImages images, int example, int row, int column) {
        return new int[] {
            images.pixel(example, 0, row, column),
            images.pixel(example, 1, row, column),
            images.pixel(example, 2, row, column)
        };
    }
}
