package io.github.dl4jprune.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads one array in NumPy's format, versions 1 to 3, little-endian {@code float32} or {@code float64}, C or Fortran
 * order. ND4J's own reader hands the bytes to native code, which a damaged file can crash; this one checks them.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

    private final String name;
    private final ByteBuffer bytes;

    private NpyArray(String name, byte[] bytes) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads an array.
     *
     * @param name how messages call the array
     * @param bytes the whole {@code .npy} content
     * @throws IllegalArgumentException if the content is damaged or of another type
     */
    static INDArray read(String name, byte[] bytes) {
        return new NpyArray(name, bytes).read();
    }

    private INDArray read() {
        String header = header();
        String type = field(TYPE, header);
        char order = "True".equals(field(ORDER, header)) ? 'f' : 'c';
        long[] shape = Arrays.stream(field(SHAPE, header).split(","))
                .map(String::trim)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        return switch (type) {
            case "<f4" -> {
                float[] values = new float[length(shape, Float.BYTES)];
                bytes.asFloatBuffer().get(values);
                yield Nd4j.createFromArray(values).reshape(order, shape);
            }
            case "<f8" -> {
                double[] values = new double[length(shape, Double.BYTES)];
                bytes.asDoubleBuffer().get(values);
                yield Nd4j.createFromArray(values).reshape(order, shape);
            }
            default ->
                throw new IllegalArgumentException(
                        "array \"" + name + "\" must hold '<f4' or '<f8' values, got '" + type + "'");
        };
    }

    /** Leaves the position at the first value. */
    private String header() {
        if (bytes.remaining() < MAGIC.length + 4 || !Arrays.equals(MAGIC, Arrays.copyOf(bytes.array(), MAGIC.length))) {
            throw damaged("it does not begin as one");
        }
        bytes.position(MAGIC.length);
        int version = bytes.getShort() & 0xff;
        int length = version == 1 || bytes.remaining() < Integer.BYTES ? bytes.getShort() & 0xffff : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("its header is cut short");
        }
        byte[] header = new byte[length];
        bytes.get(header);
        return new String(header, StandardCharsets.ISO_8859_1);
    }

    private String field(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw damaged("its header lacks " + pattern.pattern().split(":", 2)[0]);
        }
        return matcher.group(1);
    }

    private int length(long[] shape, int size) {
        long length = 1;
        for (long each : shape) {
            length = each > Integer.MAX_VALUE || length > Integer.MAX_VALUE ? Long.MAX_VALUE / 16 : length * each;
        }
        if (length * size != bytes.remaining()) {
            throw damaged("shape " + Arrays.toString(shape) + " needs " + length * size + " bytes of values, it has "
                    + bytes.remaining());
        }
        return Math.toIntExact(length);
    }

    private IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException("array \"" + name + "\" is not a valid .npy array: " + why);
    }
}
