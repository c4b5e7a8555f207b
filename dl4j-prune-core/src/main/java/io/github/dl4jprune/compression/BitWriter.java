package io.github.dl4jprune.compression;

import java.util.Arrays;

/** Bits to bytes, the most significant bit of a byte first; the last byte is filled with zeros. */
final class BitWriter {
    private byte[] bytes = new byte[64];
    private int length;
    private long pending;
    private int count;

    /** Appends the lowest {@code bits} bits, at most 32, the highest of them first. */
    void write(int value, int bits) {
        pending = (pending << bits) | value;
        count += bits;
        while (count >= Byte.SIZE) {
            count -= Byte.SIZE;
            append((byte) (pending >>> count));
        }
    }

    private void append(byte value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, length));
        }
        bytes[length++] = value;
    }

    byte[] toBytes() {
        if (count > 0) {
            append((byte) (pending << (Byte.SIZE - count)));
            count = 0;
        }
        return Arrays.copyOf(bytes, length);
    }
}
