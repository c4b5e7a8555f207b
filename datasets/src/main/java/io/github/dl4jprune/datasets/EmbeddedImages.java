package io.github.dl4jprune.datasets;

import java.util.stream.IntStream;

/**
 * The data set that needs no download: 6,000 training and 1,000 test images of ten figures, 32 x 32 RGB.
 *
 * <p>The images are painted from their numbers: a disc, ring, square, frame, triangle, cross, star, or a patch of
 * stripes, checks or dots, in random colours, position, size and rotation, over a random gradient with smaller shapes
 * as distraction, under noise. Colours say nothing about the class, so a linear classifier fails and convolutions are
 * needed. Image i has class i mod 10. Always the same bytes.
 */
public record EmbeddedImages() implements DataSource {
    private static final int TRAINING = 6_000;
    private static final int TESTING = 1_000;
    private static final long SEED = 20_261_122L;
    private static final ImageShape SHAPE = new ImageShape(3, FigurePainter.SIZE, FigurePainter.SIZE);

    @Override
    public LabeledImages load(Split split) {
        Split.Range range = split.of(split == Split.TEST ? TESTING : TRAINING);
        int from = (int) range.from();
        int examples = (int) range.length();
        int number = from + (split == Split.TEST ? TRAINING : 0);
        Figure[] figures = Figure.values();
        byte[] pixels = new byte[examples * SHAPE.bytes()];
        int[] labels = new int[examples];
        IntStream.range(0, examples).parallel().forEach(i -> {
            labels[i] = i % figures.length;
            new FigurePainter(SEED + number + i).paint(figures[labels[i]], pixels, i * SHAPE.bytes());
        });
        return LabeledImages.owning(SHAPE, Figure.names(), pixels, labels);
    }

    @Override
    public String toString() {
        return "embedded";
    }
}
