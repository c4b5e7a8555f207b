package io.github.dl4jprune.compression;

import io.github.dl4jprune.compression.StoredParameter.Raw;
import io.github.dl4jprune.compression.StoredParameter.Shared;

/**
 * How large one parameter is after each stage.
 *
 * @param layer name of the layer
 * @param parameter its key
 * @param values how many it holds
 * @param survivors how many of them are not 0
 * @param centroids size of the codebook; 0: not shared
 * @param gapBits width of the relative index; 0: every position is stored
 * @param dense bytes at four a value
 * @param pruned bytes as survivors of four bytes with a relative index, or {@code dense} without zeros
 * @param shared bytes as codes of fixed width with a relative index, and the codebook
 * @param encoded bytes in the file
 */
public record ParameterSize(
        String layer,
        String parameter,
        long values,
        long survivors,
        int centroids,
        int gapBits,
        long dense,
        long pruned,
        long shared,
        long encoded) {

    static ParameterSize of(StoredParameter parameter, long encoded) {
        ParameterSlice slice = parameter.slice();
        long values = slice.length();
        long dense = Float.BYTES * values;
        if (parameter.values() instanceof Raw raw) {
            long stored = values * parameter.precision().bytes();
            long nonZero = java.util.Arrays.stream(raw.values())
                    .filter(value -> value != 0)
                    .count();
            return new ParameterSize(
                    slice.layer(), slice.parameter(), values, nonZero, 0, 0, dense, dense, stored, encoded);
        }
        Shared shared = (Shared) parameter.values();
        long survivors = shared.survivors();
        int size = shared.codebook().length;
        int codeBits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        int gapBits = 0;
        long indexBits = 0;
        if (survivors < values) {
            GapCode gaps = GapCode.smallest(shared.codes());
            gapBits = gaps.bits();
            indexBits = (long) gaps.symbols(shared.codes()).length * gapBits;
        }
        return new ParameterSize(
                slice.layer(),
                slice.parameter(),
                values,
                survivors,
                size,
                gapBits,
                dense,
                Math.min(dense, bytes(Float.SIZE * survivors + indexBits)),
                bytes(codeBits * survivors + indexBits)
                        + (long) size * parameter.precision().bytes(),
                encoded);
    }

    private static long bytes(long bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
