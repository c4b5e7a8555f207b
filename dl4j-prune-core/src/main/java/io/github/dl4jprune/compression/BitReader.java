package io.github.dl4jprune.compression;

/** The opposite of {@link BitWriter}; beyond the end it reads zeros, and {@link #finish} then refuses. */
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private int next;
    private long pending;
    private int count;

    BitReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.next = from;
        this.end = from + length;
    }

    /** The next bits, at most 32, without taking them. */
    int peek(int bits) {
        while (count < bits) {
            pending = (pending << Byte.SIZE) | (next < end ? bytes[next] & 0xFF : 0);
            next++;
            count += Byte.SIZE;
        }
        return (int) (pending >>> (count - bits)) & (int) ((1L << bits) - 1);
    }

    /** Takes bits that were peeked at. */
    void skip(int bits) {
        count -= bits;
    }

    /** Why the stream is not exactly used up; empty if it is. */
    String finish() {
        long left = (long) (end - next) * Byte.SIZE + count;
        if (left < 0) {
            return "its bit stream ends too early";
        }
        if (left >= Byte.SIZE) {
            return "its bit stream has trailing bytes";
        }
        return peek((int) left) == 0 ? "" : "its bit stream must be filled up with zeros";
    }
}
