package io.github.dl4jprune.compression;

/**
 * One parameter in its shared form.
 *
 * @param slice which it is
 * @param precision in which its centroids or values are exact
 * @param values what it holds
 */
public record StoredParameter(ParameterSlice slice, Precision precision, Values values) {
    /** The values of a parameter, in the order of its memory. */
    public sealed interface Values permits Raw, Shared {}

    /**
     * Every value by itself.
     *
     * @param values one a position
     */
    public record Raw(double[] values) implements Values {}

    /**
     * Values that are 0 or one of a few.
     *
     * @param codebook the centroids, 1 to 4096 of them
     * @param codes one a position: 0 for the value 0, {@code i + 1} for centroid {@code i}
     */
    public record Shared(double[] codebook, short[] codes) implements Values {
        /** The largest codebook. */
        static final int MOST_CENTROIDS = 1 << SharingPlan.MOST_BITS;

        /** How many positions are not 0. */
        public int survivors() {
            int count = 0;
            for (short code : codes) {
                count += code == 0 ? 0 : 1;
            }
            return count;
        }
    }

    /**
     * A parameter that keeps every value as it is.
     *
     * @param slice which it is
     * @param values one a position
     * @return unshared values of DOUBLE precision
     */
    public static StoredParameter raw(ParameterSlice slice, double[] values) {
        return new StoredParameter(slice, Precision.DOUBLE, new Raw(values));
    }

    /** Share of the values that are not 0. */
    public double density() {
        long survivors = values instanceof Shared shared
                ? shared.survivors()
                : java.util.Arrays.stream(((Raw) values).values)
                        .filter(value -> value != 0)
                        .count();
        return survivors / (double) slice.length();
    }

    /**
     * Writes the values out.
     *
     * @param flat the network's flat parameter vector
     */
    void expandInto(double[] flat) {
        int start = slice.start();
        if (values instanceof Raw raw) {
            System.arraycopy(raw.values, 0, flat, start, raw.values.length);
        } else if (values instanceof Shared shared) {
            for (int i = 0; i < shared.codes.length; i++) {
                int code = shared.codes[i];
                flat[start + i] = code == 0 ? 0 : shared.codebook[code - 1];
            }
        }
    }

    /** As {@link #expandInto(double[])}. */
    void expandInto(float[] flat) {
        int start = slice.start();
        if (values instanceof Raw raw) {
            for (int i = 0; i < raw.values.length; i++) {
                flat[start + i] = (float) raw.values[i];
            }
        } else if (values instanceof Shared shared) {
            float[] table = new float[shared.codebook.length + 1];
            for (int i = 0; i < shared.codebook.length; i++) {
                table[i + 1] = (float) shared.codebook[i];
            }
            for (int i = 0; i < shared.codes.length; i++) {
                flat[start + i] = table[shared.codes[i]];
            }
        }
    }
}
