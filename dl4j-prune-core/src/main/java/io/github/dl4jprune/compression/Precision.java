package io.github.dl4jprune.compression;

import java.util.Locale;

/** The IEEE 754 type in which centroids and unshared values are stored. */
public enum Precision {
    /** 16 bits, 11 of them significand. */
    HALF(2),
    /** 32 bits. */
    FLOAT(4),
    /** 64 bits. */
    DOUBLE(8);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one value. */
    public int bytes() {
        return bytes;
    }

    /** The name by which configuration files know it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The nearest value of this type, ties to even; beyond the range of HALF the result is infinite. */
    public double round(double value) {
        return switch (this) {
            case HALF -> HalfFloat.toFloat(HalfFloat.fromFloat((float) value));
            case FLOAT -> (float) value;
            case DOUBLE -> value;
        };
    }

    /** This type, or FLOAT where a value lies beyond the range of HALF. */
    Precision holding(double[] values) {
        if (this == HALF) {
            for (double value : values) {
                if (Double.isInfinite(round(value))) {
                    return FLOAT;
                }
            }
        }
        return this;
    }
}
