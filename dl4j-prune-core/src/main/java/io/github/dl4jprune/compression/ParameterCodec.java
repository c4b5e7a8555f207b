package io.github.dl4jprune.compression;

import io.github.dl4jprune.compression.ParameterSlice.Kind;
import io.github.dl4jprune.compression.StoredParameter.Raw;
import io.github.dl4jprune.compression.StoredParameter.Shared;
import java.util.EnumSet;

/** One parameter to bytes and back: the record of {@code docs/format.md}. */
final class ParameterCodec {
    static final int RAW = 0;
    static final int EVERY_POSITION = 1;
    static final int RELATIVE_INDEX = 2;
    private static final int MOST_AXES = 8;

    private ParameterCodec() {}

    static byte[] encode(StoredParameter parameter) {
        if (parameter.values() instanceof Raw raw) {
            ByteWriter out = new ByteWriter();
            header(out, parameter, RAW);
            out.values(raw.values(), parameter.precision());
            return out.toBytes();
        }
        Shared shared = (Shared) parameter.values();
        byte[] sparse = encodeSparse(parameter, shared);
        if (shared.survivors() < shared.codes().length) {
            return sparse;
        }
        ByteWriter out = new ByteWriter();
        header(out, parameter, EVERY_POSITION);
        codebook(out, parameter, shared);
        codes(out, shared);
        return out.toBytes();
    }

    /** How many bytes {@link #encode} gives. */
    static long length(StoredParameter parameter) {
        return parameter.values() instanceof Raw raw
                ? (long) raw.values().length * parameter.precision().bytes() + headerLength(parameter)
                : encode(parameter).length;
    }

    private static int headerLength(StoredParameter parameter) {
        ByteWriter out = new ByteWriter();
        header(out, parameter, RAW);
        return out.length();
    }

    private static byte[] encodeSparse(StoredParameter parameter, Shared shared) {
        ByteWriter out = new ByteWriter();
        header(out, parameter, RELATIVE_INDEX);
        codebook(out, parameter, shared);
        GapCode gaps = GapCode.smallest(shared.codes());
        byte[] symbols = gaps.symbols(shared.codes());
        HuffmanCode code = HuffmanCode.of(gaps.counts(symbols));
        BitWriter bits = new BitWriter();
        for (byte symbol : symbols) {
            code.write(bits, symbol & 0xFF);
        }
        out.number(gaps.bits(), 1);
        out.number(shared.survivors(), Integer.BYTES);
        out.number(symbols.length, Integer.BYTES);
        stream(out, code, bits);
        codes(out, shared);
        return out.toBytes();
    }

    private static void header(ByteWriter out, StoredParameter parameter, int encoding) {
        ParameterSlice slice = parameter.slice();
        out.text(slice.parameter());
        out.number(slice.kind().code(), 1);
        out.number(slice.order(), 1);
        out.number(slice.shape().length, 1);
        for (long size : slice.shape()) {
            out.number(size, Integer.BYTES);
        }
        out.number(encoding, 1);
        out.number(parameter.precision().bytes(), 1);
    }

    private static void codebook(ByteWriter out, StoredParameter parameter, Shared shared) {
        out.number(shared.codebook().length, Short.BYTES);
        out.values(shared.codebook(), parameter.precision());
    }

    private static void codes(ByteWriter out, Shared shared) {
        long[] counts = new long[shared.codebook().length];
        for (short code : shared.codes()) {
            if (code != 0) {
                counts[code - 1]++;
            }
        }
        HuffmanCode code = HuffmanCode.of(counts);
        BitWriter bits = new BitWriter();
        for (short value : shared.codes()) {
            if (value != 0) {
                code.write(bits, value - 1);
            }
        }
        stream(out, code, bits);
    }

    private static void stream(ByteWriter out, HuffmanCode code, BitWriter bits) {
        byte[] bytes = bits.toBytes();
        out.nibbles(code.lengths());
        out.number(bytes.length, Integer.BYTES);
        out.bytes(bytes);
    }

    /** Reads one record; the parameter begins at {@code start} of the flat vector. */
    static StoredParameter decode(ByteCursor in, String layer, int start) {
        String name = in.text();
        Kind kind = kind(in, (int) in.number(1));
        char order = (char) in.number(1);
        in.require(order == 'c' || order == 'f', "parameter \"" + name + "\" must have order c or f");
        long[] shape = new long[(int) axes(in, name)];
        long length = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.number(Integer.BYTES);
            in.require(shape[i] >= 1, "parameter \"" + name + "\" has an axis of size 0");
            length = length * shape[i];
            in.require(
                    length <= Integer.MAX_VALUE - Long.BYTES - (long) start, "parameter \"" + name + "\" is too large");
        }
        ParameterSlice slice = new ParameterSlice(layer, name, start, shape, order, kind);
        int encoding = (int) in.number(1);
        Precision precision = precision(in, (int) in.number(1));
        if (encoding == RAW) {
            in.require(
                    length * precision.bytes() <= in.left(), slice.text() + " claims more values than there are bytes");
            return new StoredParameter(slice, precision, new Raw(values(in, slice, length, precision)));
        }
        in.require(
                encoding == EVERY_POSITION || encoding == RELATIVE_INDEX,
                slice.text() + " has the unknown encoding " + encoding);
        int size = (int) in.number(Short.BYTES);
        in.require(size >= 1 && size <= Shared.MOST_CENTROIDS, slice.text() + " has a codebook of " + size);
        double[] codebook = values(in, slice, size, precision);
        short[] codes = encoding == EVERY_POSITION
                ? SymbolStreams.everyPosition(in, slice, size)
                : SymbolStreams.relativeIndex(in, slice, size);
        return new StoredParameter(slice, precision, new Shared(codebook, codes));
    }

    private static double[] values(ByteCursor in, ParameterSlice slice, long count, Precision precision) {
        double[] values = in.values(count, precision);
        for (double value : values) {
            in.require(Double.isFinite(value), slice.text() + " must have finite values, got " + value);
        }
        return values;
    }

    private static long axes(ByteCursor in, String name) {
        long axes = in.number(1);
        in.require(axes >= 1 && axes <= MOST_AXES, "parameter \"" + name + "\" must have 1 to 8 axes, got " + axes);
        return axes;
    }

    private static Kind kind(ByteCursor in, int code) {
        return EnumSet.allOf(Kind.class).stream()
                .filter(kind -> kind.code() == code)
                .findFirst()
                .orElseThrow(() -> in.refuse("has a parameter of the unknown kind " + code));
    }

    private static Precision precision(ByteCursor in, int bytes) {
        return EnumSet.allOf(Precision.class).stream()
                .filter(precision -> precision.bytes() == bytes)
                .findFirst()
                .orElseThrow(() -> in.refuse("has values of " + bytes + " bytes; 2, 4 and 8 are known"));
    }
}
