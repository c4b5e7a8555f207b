package io.github.dl4jprune.compression;

import java.util.Arrays;

/**
 * Positions as distances: for every position that is not 0, the number of zeros since the one before, in symbols of
 * {@code bits} bits. The largest symbol, {@code F = 2^bits - 1}, is a filler: F zeros and no position; a smaller one, s, is s
 * zeros and then a position. After the last position fillers go on until fewer than F zeros are left.
 *
 * @param bits of a symbol, 1 to {@value #MOST_BITS}
 */
record GapCode(int bits) {
    static final int MOST_BITS = 8;

    int filler() {
        return (1 << bits) - 1;
    }

    /** The symbols of a run of codes. */
    byte[] symbols(short[] codes) {
        byte[] symbols = new byte[64];
        int n = 0;
        int zeros = 0;
        int filler = filler();
        for (short code : codes) {
            if (n == symbols.length) {
                symbols = Arrays.copyOf(symbols, 2 * n);
            }
            if (code != 0) {
                symbols[n++] = (byte) zeros;
                zeros = 0;
            } else if (++zeros == filler) {
                symbols[n++] = (byte) filler;
                zeros = 0;
            }
        }
        return Arrays.copyOf(symbols, n);
    }

    long[] counts(byte[] symbols) {
        long[] counts = new long[1 << bits];
        for (byte symbol : symbols) {
            counts[symbol & 0xFF]++;
        }
        return counts;
    }

    /** The width that makes symbols and table smallest. */
    static GapCode smallest(short[] codes) {
        GapCode best = new GapCode(1);
        long least = Long.MAX_VALUE;
        for (int bits = 1; bits <= MOST_BITS; bits++) {
            GapCode candidate = new GapCode(bits);
            long[] counts = candidate.counts(candidate.symbols(codes));
            long size = HuffmanCode.of(counts).bits(counts) + 4L * counts.length;
            if (size < least) {
                least = size;
                best = candidate;
            }
        }
        return best;
    }
}
