package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {
    // python3: '%04x' % struct.unpack('<H', struct.pack('<e', x)); it refuses 65520, which IEEE 754 rounds to infinity
    @ParameterizedTest
    @CsvSource({
        "0.0, 0000",
        "1.0, 3c00",
        "-2.5, c100",
        "0.1, 2e66",
        "65504.0, 7bff",
        "65519.9, 7bff",
        "65520.0, 7c00",
        "6.103515625e-5, 0400",
        "5.9604645e-8, 0001",
        "2.9802322e-8, 0000",
        "2.9802326e-8, 0001",
        "1.00048828125, 3c00",
        "1.00146484375, 3c02",
        "Infinity, 7c00"
    })
    void values_round_to_the_nearest_even(float value, String bits) {
        assertThat(Integer.toHexString((HalfFloat.fromFloat(value) & 0xFFFF) | 0x10000))
                .isEqualTo("1" + bits);
    }

    @Test
    void every_half_that_is_a_number_comes_back() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloat.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloat.fromFloat(value)).isEqualTo((short) bits);
            }
        }
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(Float.NaN))).isNaN();
    }
}
