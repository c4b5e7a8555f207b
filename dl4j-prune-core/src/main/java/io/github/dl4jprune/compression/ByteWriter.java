package io.github.dl4jprune.compression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Little-endian numbers and texts to bytes. */
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (Byte.SIZE * i)));
        }
    }

    void bytes(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** Length in two bytes, then UTF-8. */
    void text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("name must have at most 65535 bytes, got " + bytes.length);
        }
        number(bytes.length, Short.BYTES);
        bytes(bytes);
    }

    void values(double[] values, Precision precision) {
        for (double value : values) {
            switch (precision) {
                case HALF -> number(HalfFloat.fromFloat((float) value), Short.BYTES);
                case FLOAT -> number(Float.floatToRawIntBits((float) value), Integer.BYTES);
                case DOUBLE -> number(Double.doubleToRawLongBits(value), Long.BYTES);
            }
        }
    }

    /** Code lengths, two a byte, the first in the low half. */
    void nibbles(int[] values) {
        for (int i = 0; i < values.length; i += 2) {
            out.write(values[i] | (i + 1 < values.length ? values[i + 1] << 4 : 0));
        }
    }

    int length() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
