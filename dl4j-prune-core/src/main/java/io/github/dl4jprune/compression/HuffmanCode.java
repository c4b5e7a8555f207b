package io.github.dl4jprune.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A canonical prefix code with words of at most {@value #LONGEST} bits. It is known by the lengths of its words alone: words
 * are numbered by ascending length, then by symbol. A code of a single symbol has a word of one bit, 0, so that no stream
 * can stand for more symbols than it has bits.
 */
final class HuffmanCode {
    /** The longest word. */
    static final int LONGEST = 15;

    private final int[] lengths;
    private final int[] words;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        this.words = canonical(lengths);
    }

    /** The code with the least total length for these counts, by package-merge (Larmore and Hirschberg 1990). */
    static HuffmanCode of(long[] counts) {
        int[] symbols = IntStream.range(0, counts.length)
                .filter(symbol -> counts[symbol] > 0)
                .boxed()
                .sorted(Comparator.comparingLong(symbol -> counts[symbol]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] lengths = new int[counts.length];
        if (symbols.length == 1) {
            lengths[symbols[0]] = 1;
        } else if (symbols.length > 1) {
            List<Coin> leaves = Arrays.stream(symbols)
                    .mapToObj(symbol -> new Coin(counts[symbol], symbol, null, null))
                    .toList();
            List<Coin> coins = leaves;
            for (int level = 1; level < LONGEST; level++) {
                coins = merged(leaves, coins);
            }
            coins.subList(0, 2 * symbols.length - 2).forEach(coin -> coin.addTo(lengths));
        }
        return new HuffmanCode(lengths);
    }

    private record Coin(
            long value,
            int symbol,
            @org.jspecify.annotations.Nullable Coin first,
            @org.jspecify.annotations.Nullable Coin second) {
        void addTo(int[] lengths) {
            if (first == null || second == null) {
                lengths[symbol]++;
            } else {
                first.addTo(lengths);
                second.addTo(lengths);
            }
        }
    }

    private static List<Coin> merged(List<Coin> leaves, List<Coin> coins) {
        List<Coin> all = new ArrayList<>(leaves);
        for (int i = 0; i + 1 < coins.size(); i += 2) {
            Coin first = coins.get(i);
            Coin second = coins.get(i + 1);
            all.add(new Coin(first.value + second.value, -1, first, second));
        }
        all.sort(Comparator.comparingLong(Coin::value));
        return all;
    }

    /**
     * The code with given lengths.
     *
     * @throws IllegalArgumentException if they belong to no complete prefix code
     */
    static HuffmanCode withLengths(int[] lengths) {
        long used = 0;
        int words = 0;
        for (int length : lengths) {
            if (length > 0) {
                used += 1L << (LONGEST - length);
                words++;
            }
        }
        boolean single = words == 1 && used == 1L << (LONGEST - 1);
        if (words > 0 && !single && used != 1L << LONGEST) {
            throw new IllegalArgumentException("code lengths must form a complete prefix code, but they "
                    + (used > 1L << LONGEST ? "claim more words than there are" : "leave words unused"));
        }
        return new HuffmanCode(lengths.clone());
    }

    private static int[] canonical(int[] lengths) {
        int[] words = new int[lengths.length];
        int word = 0;
        for (int length = 1; length <= LONGEST; length++) {
            word <<= 1;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    words[symbol] = word++;
                }
            }
        }
        return words;
    }

    int[] lengths() {
        return lengths.clone();
    }

    /** How many bits these counts take. */
    long bits(long[] counts) {
        long bits = 0;
        for (int i = 0; i < lengths.length; i++) {
            bits += counts[i] * lengths[i];
        }
        return bits;
    }

    void write(BitWriter out, int symbol) {
        out.write(words[symbol], lengths[symbol]);
    }

    /** The longest word in use. */
    int longest() {
        return Arrays.stream(lengths).max().orElse(0);
    }

    /** For every bit pattern of {@link #longest()} bits: {@code symbol * 16 + length} of the word it begins with. */
    int[] table() {
        int longest = longest();
        int[] table = new int[1 << longest];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                int from = words[symbol] << (longest - length);
                Arrays.fill(table, from, from + (1 << (longest - length)), symbol << 4 | length);
            }
        }
        return table; // 0 where a single symbol's code leaves the pattern 1 unused
    }
}
