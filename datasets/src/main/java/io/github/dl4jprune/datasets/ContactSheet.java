package io.github.dl4jprune.datasets;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture of a data set: one column per class, its first examples from top to bottom.
 *
 * <p>{@code java -cp datasets/target/classes io.github.dl4jprune.datasets.ContactSheet embedded 4 sheet.png} writes the
 * one of the documentation; other sources need DL4J on the class path, too.
 */
public final class ContactSheet {
    private static final int ZOOM = 2;
    private static final int GAP = 2;
    private static final int WHITE = 0xFFFFFF;

    private ContactSheet() {}

    /**
     * Writes the picture of a source's training images.
     *
     * @param arguments the source as {@link DataSource#parse} reads it, the number of rows, and the PNG file to write
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if there are not three arguments or the source is not readable
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments: must be DATA ROWS FILE, got " + arguments.length);
        }
        LabeledImages images = DataSource.parse(arguments[0]).load(Split.TRAIN);
        BufferedImage sheet = of(images, Integer.parseInt(arguments[1]));
        ImageIO.write(sheet, "png", new File(arguments[2]));
    }

    /**
     * Draws the picture.
     *
     * @param images what to show; one or three channels (of more, the first three)
     * @param rows how many examples of each class at most; at least 1
     * @return the picture, two pixels per pixel of an image
     * @throws IllegalArgumentException if {@code rows} is below 1
     */
    public static BufferedImage of(LabeledImages images, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows: must be >= 1, got " + rows);
        }
        int cellWidth = images.shape().width() * ZOOM + GAP;
        int cellHeight = images.shape().height() * ZOOM + GAP;
        BufferedImage sheet = new BufferedImage(
                images.classes() * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < sheet.getWidth() * sheet.getHeight(); i++) {
            sheet.setRGB(i % sheet.getWidth(), i / sheet.getWidth(), WHITE);
        }
        for (int label = 0; label < images.classes(); label++) {
            List<Integer> examples = examples(images, label, rows);
            for (int row = 0; row < examples.size(); row++) {
                draw(images, examples.get(row), sheet, GAP + label * cellWidth, GAP + row * cellHeight);
            }
        }
        return sheet;
    }

    private static List<Integer> examples(LabeledImages images, int label, int most) {
        List<Integer> examples = new ArrayList<>();
        for (int i = 0; i < images.examples() && examples.size() < most; i++) {
            if (images.label(i) == label) {
                examples.add(i);
            }
        }
        return examples;
    }

    private static void draw(LabeledImages images, int example, BufferedImage sheet, int left, int top) {
        ImageShape shape = images.shape();
        int green = shape.channels() < 3 ? 0 : 1;
        for (int y = 0; y < shape.height() * ZOOM; y++) {
            for (int x = 0; x < shape.width() * ZOOM; x++) {
                int colour = images.pixel(example, 0, y / ZOOM, x / ZOOM) << 16
                        | images.pixel(example, green, y / ZOOM, x / ZOOM) << 8
                        | images.pixel(example, 2 * green, y / ZOOM, x / ZOOM);
                sheet.setRGB(left + x, top + y, colour);
            }
        }
    }
}
