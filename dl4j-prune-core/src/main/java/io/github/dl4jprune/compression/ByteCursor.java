package io.github.dl4jprune.compression;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Reads a part of a file's bytes from its beginning to its end; never beyond, and never allocating more than what is there
 * could fill. Every refusal names the section.
 */
final class ByteCursor {
    private final byte[] bytes;
    private final int end;
    private final Function<String, RuntimeException> refusal;
    private int next;

    ByteCursor(byte[] bytes, int from, int length, Function<String, RuntimeException> refusal) {
        this.bytes = bytes;
        this.next = from;
        this.end = from + length;
        this.refusal = refusal;
    }

    RuntimeException refuse(String rule) {
        return refusal.apply(rule);
    }

    void require(boolean condition, String rule) {
        if (!condition) {
            throw refuse(rule);
        }
    }

    int position() {
        return next;
    }

    int left() {
        return end - next;
    }

    /** Moves on over bytes that are there; where they begin. */
    int take(long count) {
        if (count > left()) {
            throw refuse("needs " + count + " more bytes, but " + left() + " are left");
        }
        int from = next;
        next += (int) count;
        return from;
    }

    /** An unsigned number of one to four bytes. */
    long number(int size) {
        int from = take(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[from + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    byte[] bytes(long count) {
        int from = take(count);
        return java.util.Arrays.copyOfRange(bytes, from, from + (int) count);
    }

    BitReader bits(long count) {
        int from = take(count);
        return new BitReader(bytes, from, (int) count);
    }

    String text() {
        int length = (int) number(Short.BYTES);
        int from = take(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refuse("has a name that is no UTF-8");
        }
    }

    double[] values(long count, Precision precision) {
        ByteBuffer from = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        from.position(take(Math.multiplyExact(count, (long) precision.bytes())));
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (precision) {
                case HALF -> HalfFloat.toFloat(from.getShort());
                case FLOAT -> from.getFloat();
                case DOUBLE -> from.getDouble();
            };
        }
        return values;
    }

    int[] nibbles(int count) {
        int from = take((count + 1) / 2);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes[from + i / 2] >> (4 * (i % 2)) & 0xF;
        }
        require(count % 2 == 0 || bytes[next - 1] >> 4 == 0, "code lengths must be filled up with zeros");
        return values;
    }

    void requireEnd() {
        require(next == end, "has " + left() + " trailing bytes");
    }
}
