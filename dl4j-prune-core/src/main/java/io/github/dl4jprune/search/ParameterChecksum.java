package io.github.dl4jprune.search;

import java.util.Locale;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Tells networks apart by their parameters. */
final class ParameterChecksum {
    private static final int CHUNK = 1 << 20;

    private ParameterChecksum() {}

    /** CRC-32 over all values as doubles, in eight hexadecimal digits. */
    static String of(INDArray parameters) {
        CRC32 sum = new CRC32();
        INDArray flat = parameters.reshape(parameters.length());
        for (long start = 0; start < flat.length(); start += CHUNK) {
            long end = Math.min(flat.length(), start + CHUNK);
            for (double value : flat.get(NDArrayIndex.interval(start, end)).toDoubleVector()) {
                long bits = Double.doubleToLongBits(value);
                for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                    sum.update((int) (bits >>> shift));
                }
            }
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
