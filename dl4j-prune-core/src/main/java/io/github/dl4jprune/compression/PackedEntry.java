package io.github.dl4jprune.compression;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A named entry, packed as a zlib stream (RFC 1950). */
record PackedEntry(String name, byte[] content) {
    // deflate's best: a byte for 1032
    private static final int MOST_EXPANSION = 1032;
    /** The longest content, 64 MiB: configurations and normalisers are far smaller, a hostile file may claim anything. */
    static final int MOST_BYTES = 1 << 26;

    static byte[] encode(String name, byte[] content) {
        if (content.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "entry \"" + name + "\" must have at most " + MOST_BYTES + " bytes, got " + content.length);
        }
        ByteWriter out = new ByteWriter();
        out.text(name);
        out.number(content.length, Integer.BYTES);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] packed = new byte[content.length + content.length / 100 + 64];
            out.bytes(java.util.Arrays.copyOf(packed, deflater.deflate(packed)));
        } finally {
            deflater.end();
        }
        return out.toBytes();
    }

    static PackedEntry decode(ByteCursor in) {
        String name = in.text();
        long length = in.number(Integer.BYTES);
        int packed = in.left();
        in.require(length <= MOST_BYTES, "claims " + length + " bytes, more than the " + MOST_BYTES + " allowed");
        in.require(
                length <= (long) MOST_EXPANSION * packed,
                "claims " + length + " bytes, more than its " + packed + " can unpack to");
        byte[] content = new byte[(int) length];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in.bytes(packed));
            int n = 0;
            while (n < content.length && !inflater.finished()) {
                int more = inflater.inflate(content, n, content.length - n);
                in.require(more > 0 || inflater.finished(), "has a packed stream that is cut short");
                n += more;
            }
            in.require(n == content.length, "must unpack to " + length + " bytes, got " + n);
            in.require(
                    inflater.inflate(new byte[1]) == 0 && inflater.finished() && inflater.getRemaining() == 0,
                    "has a packed stream that does not end where it should");
        } catch (DataFormatException e) {
            throw in.refuse("has a damaged packed stream: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return new PackedEntry(name, content);
    }
}
