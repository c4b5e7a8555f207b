package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
    @Test
    void lengths_are_those_of_a_known_example() {
        // python3 with heapq: {5: a, 9: b, 12: c, 13: d, 16: e, 45: f} -> a 4, b 4, c 3, d 3, e 3, f 1; 224 bits
        long[] counts = {5, 9, 12, 13, 16, 45};

        HuffmanCode code = HuffmanCode.of(counts);

        assertThat(code.lengths()).containsExactly(4, 4, 3, 3, 3, 1);
        assertThat(code.bits(counts)).isEqualTo(224);
    }

    @Test
    void no_word_is_longer_than_the_limit() {
        long[] fibonacci = new long[40];
        fibonacci[0] = 1;
        fibonacci[1] = 1;
        for (int i = 2; i < fibonacci.length; i++) {
            fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        }

        HuffmanCode code = HuffmanCode.of(fibonacci);

        assertThat(code.longest()).isEqualTo(HuffmanCode.LONGEST);
        assertThat(HuffmanCode.withLengths(code.lengths()).lengths()).containsExactly(code.lengths());
    }

    @Test
    void a_single_symbol_takes_one_bit_and_none_takes_nothing() {
        assertThat(HuffmanCode.of(new long[] {0, 7, 0}).lengths()).containsExactly(0, 1, 0);
        assertThat(HuffmanCode.of(new long[3]).lengths()).containsExactly(0, 0, 0);
    }

    @Test
    void words_come_back_as_the_symbols_they_stand_for() {
        long[] counts = LongStream.rangeClosed(1, 300).map(i -> i * i * i).toArray();
        HuffmanCode code = HuffmanCode.of(counts);
        BitWriter out = new BitWriter();
        for (int symbol = 0; symbol < counts.length; symbol++) {
            code.write(out, symbol);
        }
        byte[] bytes = out.toBytes();
        BitReader in = new BitReader(bytes, 0, bytes.length);
        int[] table = code.table();

        for (int symbol = 0; symbol < counts.length; symbol++) {
            int entry = table[in.peek(code.longest())];
            in.skip(entry & 0xF);
            assertThat(entry >> 4).isEqualTo(symbol);
        }
        assertThat(in.finish()).isEmpty();
    }

    @Test
    void lengths_of_no_prefix_code_are_refused() {
        assertThatThrownBy(() -> HuffmanCode.withLengths(new int[] {1, 1, 1}))
                .hasMessage("code lengths must form a complete prefix code, but they claim more words than there are");
        assertThatThrownBy(() -> HuffmanCode.withLengths(new int[] {1, 2, 0}))
                .hasMessage("code lengths must form a complete prefix code, but they leave words unused");
    }
}
