package io.github.dl4jprune.datasets;

import java.util.SplittableRandom;

/**
 * Paints one image of the embedded set from its number alone.
 *
 * <p>Only {@link SplittableRandom#nextLong}, IEEE arithmetic and {@link StrictMath} are used: the same bytes come out on
 * every machine and Java version. Colours, position, size and rotation are drawn independently of the class.
 */
final class FigurePainter {
    static final int SIZE = 32;
    private static final int CHANNELS = 3;
    private static final double UNIT = 0x1.0p-53;

    private static final int DISTRACTORS = 2;
    private static final double MIN_CONTRAST = 120;
    private static final double NOISE = 8;

    private final SplittableRandom random;
    private final double[] canvas = new double[CHANNELS * SIZE * SIZE];

    FigurePainter(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Writes the image of a figure as three planes of bytes. */
    void paint(Figure figure, byte[] target, int offset) {
        double[] background = colour();
        fill(background);
        for (int i = 0; i < DISTRACTORS; i++) {
            Placement spot = new Placement(uniform(0, SIZE), uniform(0, SIZE), uniform(2, 4), uniform(0, 2 * Math.PI));
            stamp(chance() ? Figure.DISC : Figure.SQUARE, spot, colour());
        }
        Placement place = new Placement(uniform(13, 19), uniform(13, 19), uniform(7.5, 12), uniform(0, 2 * Math.PI));
        stamp(figure, place, contrasting(background));
        for (int i = 0; i < canvas.length; i++) {
            double value = Math.rint(canvas[i] + NOISE * noise());
            target[offset + i] = (byte) (int) Math.max(0, Math.min(255, value));
        }
    }

    /** A colour gradient: the background and its slow drift over the image. */
    private void fill(double[] colour) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            double right = uniform(-1.5, 1.5);
            double down = uniform(-1.5, 1.5);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    canvas[(channel * SIZE + y) * SIZE + x] =
                            colour[channel] + right * (x - SIZE / 2) + down * (y - SIZE / 2);
                }
            }
        }
    }

    /** Draws a figure over the canvas, edges softened by four samples a pixel. */
    private void stamp(Figure figure, Placement place, double[] colour) {
        boolean round = chance();
        for (int y = first(place.y, place.radius); y < last(place.y, place.radius); y++) {
            for (int x = first(place.x, place.radius); x < last(place.x, place.radius); x++) {
                int covered = place.covered(figure, x, y, round);
                for (int channel = 0; covered > 0 && channel < CHANNELS; channel++) {
                    int at = (channel * SIZE + y) * SIZE + x;
                    canvas[at] += (colour[channel] - canvas[at]) * covered / 4;
                }
            }
        }
    }

    /** First row or column that a figure may touch: the corners of its unit square are sqrt 2 from the centre. */
    private static int first(double centre, double radius) {
        return (int) Math.max(0, centre - 1.42 * radius);
    }

    /** One past the last row or column that a figure may touch. */
    private static int last(double centre, double radius) {
        return (int) Math.min(SIZE, centre + 1.42 * radius + 1);
    }

    private double[] colour() {
        return new double[] {uniform(20, 235), uniform(20, 235), uniform(20, 235)};
    }

    private double[] contrasting(double[] background) {
        double[] colour = colour();
        while (distance(colour, background) < MIN_CONTRAST) {
            colour = colour();
        }
        return colour;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private double uniform(double low, double high) {
        return low + (high - low) * ((random.nextLong() >>> 11) * UNIT);
    }

    private boolean chance() {
        return random.nextLong() < 0;
    }

    /** Roughly normal, mean 0 and variance 1: the sum of the four 16-bit parts of one long, centred and scaled. */
    private double noise() {
        long bits = random.nextLong();
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum - 131_070) / 37_837.0;
    }

    /** Where a figure lies: centre and radius in pixels, and its rotation. */
    private static final class Placement {
        private final double x;
        private final double y;
        private final double radius;
        private final double cos;
        private final double sin;

        Placement(double x, double y, double radius, double angle) {
            this.x = x;
            this.y = y;
            this.radius = radius;
            this.cos = StrictMath.cos(angle) / radius;
            this.sin = StrictMath.sin(angle) / radius;
        }

        /** How many of the four samples of a pixel lie in the figure. */
        int covered(Figure figure, int column, int row, boolean round) {
            int covered = 0;
            for (int sample = 0; sample < 4; sample++) {
                double dx = column + 0.25 + 0.5 * (sample & 1) - x;
                double dy = row + 0.25 + 0.5 * (sample >> 1) - y;
                covered += figure.contains(cos * dx + sin * dy, cos * dy - sin * dx, round) ? 1 : 0;
            }
            return covered;
        }
    }
}
