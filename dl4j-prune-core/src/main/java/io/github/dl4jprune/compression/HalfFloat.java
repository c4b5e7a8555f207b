package io.github.dl4jprune.compression;

/** IEEE 754 binary16, which Java 17 cannot convert. */
final class HalfFloat {
    private static final int SIGNIFICAND = 10;
    private static final int SHIFT = 23 - SIGNIFICAND;
    private static final int REBIAS = 127 - 15;
    private static final int INFINITY = 0x7c00;

    private HalfFloat() {}

    static short fromFloat(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= 0x7f800000) {
            return (short) (sign | INFINITY | (Float.isNaN(value) ? 0x200 : 0));
        }
        int exponent = (magnitude >>> 23) - REBIAS;
        if (exponent >= 31) {
            return (short) (sign | INFINITY);
        }
        if (exponent >= 1) {
            return (short) (sign + roundedShift((exponent << 23) | (magnitude & 0x7fffff), SHIFT));
        }
        // subnormal: the hidden bit becomes explicit
        return exponent < -SIGNIFICAND
                ? (short) sign
                : (short) (sign + roundedShift((magnitude & 0x7fffff) | 0x800000, SHIFT + 1 - exponent));
    }

    private static int roundedShift(int value, int shift) {
        int half = 1 << (shift - 1);
        int odd = (value >>> shift) & 1;
        return (value + half - 1 + odd) >>> shift;
    }

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> SIGNIFICAND) & 0x1f;
        int significand = half & 0x3ff;
        if (exponent == 31) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (significand << SHIFT));
        }
        if (exponent == 0) {
            float magnitude = significand * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | ((exponent + REBIAS) << 23) | (significand << SHIFT));
    }
}
