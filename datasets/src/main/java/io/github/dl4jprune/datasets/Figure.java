package io.github.dl4jprune.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ten classes of the embedded set, as regions of the plane.
 *
 * <p>Each is drawn in coordinates in which the outline fits the unit circle. The three textures (stripes, checks, dots)
 * fill a disc or a square, so that the outline alone does not give them away.
 */
enum Figure {
    DISC {
        @Override
        boolean contains(double u, double v, boolean round) {
            return u * u + v * v <= 0.81;
        }
    },
    RING {
        @Override
        boolean contains(double u, double v, boolean round) {
            double square = u * u + v * v;
            return square <= 0.9 && square >= 0.25;
        }
    },
    SQUARE {
        @Override
        boolean contains(double u, double v, boolean round) {
            return Math.max(Math.abs(u), Math.abs(v)) <= 0.75;
        }
    },
    FRAME {
        @Override
        boolean contains(double u, double v, boolean round) {
            double reach = Math.max(Math.abs(u), Math.abs(v));
            return reach <= 0.78 && reach >= 0.42;
        }
    },
    TRIANGLE {
        @Override
        boolean contains(double u, double v, boolean round) {
            return v >= -0.5 && ROOT_3 * Math.abs(u) + v <= 1;
        }
    },
    CROSS {
        @Override
        boolean contains(double u, double v, boolean round) {
            double x = Math.abs(u);
            double y = Math.abs(v);
            return Math.min(x, y) <= 0.28 && Math.max(x, y) <= 0.92;
        }
    },
    STAR {
        @Override
        boolean contains(double u, double v, boolean round) {
            // a pentagram is the set of points on the inner side of at least four of its five lines
            int outside = 0;
            for (int side = 0; side < 5; side++) {
                outside += u * STAR_X[side] + v * STAR_Y[side] > STAR_REACH ? 1 : 0;
            }
            return outside <= 1;
        }
    },
    STRIPES {
        @Override
        boolean contains(double u, double v, boolean round) {
            return within(u, v, round) && even(u * 2.2);
        }
    },
    CHECKS {
        @Override
        boolean contains(double u, double v, boolean round) {
            return within(u, v, round) && even(u * 2.2) == even(v * 2.2);
        }
    },
    DOTS {
        @Override
        boolean contains(double u, double v, boolean round) {
            double x = u * 1.6 - Math.rint(u * 1.6);
            double y = v * 1.6 - Math.rint(v * 1.6);
            return within(u, v, round) && x * x + y * y <= 0.09;
        }
    };

    private static final double ROOT_3 = Math.sqrt(3);
    /** Distance of a pentagram's lines from its centre: cos 72 degrees for a circumradius of 1. */
    private static final double STAR_REACH = StrictMath.cos(0.4 * Math.PI);

    private static final double[] STAR_X = new double[5];
    private static final double[] STAR_Y = new double[5];

    static {
        for (int side = 0; side < 5; side++) {
            STAR_X[side] = StrictMath.cos(0.4 * Math.PI * side);
            STAR_Y[side] = StrictMath.sin(0.4 * Math.PI * side);
        }
    }

    /** Whether a point belongs to the figure; {@code round} picks the outline of a texture: disc or square. */
    abstract boolean contains(double u, double v, boolean round);

    /** The class names in label order. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(figure -> figure.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean within(double u, double v, boolean round) {
        return round ? u * u + v * v <= 0.9 : Math.max(Math.abs(u), Math.abs(v)) <= 0.78;
    }

    private static boolean even(double x) {
        return ((long) Math.floor(x) & 1) == 0;
    }
}
