package io.github.dl4jprune.compression;

/** Decodes the Huffman streams of one parameter; nothing is allocated before its size is known to be covered by bits. */
final class SymbolStreams {
    private SymbolStreams() {}

    /** Words of a code and the bits that they are to be found in. */
    private record Stream(int[] table, int longest, BitReader bits) {
        static Stream read(ByteCursor in, ParameterSlice slice, int alphabet, long symbols) {
            int[] lengths = in.nibbles(alphabet);
            long bytes = in.number(Integer.BYTES);
            in.require(
                    symbols <= bytes * Byte.SIZE && bytes <= in.left(),
                    slice.text() + " claims " + symbols + " symbols, more than its bits can hold");
            HuffmanCode code = code(in, slice, lengths);
            in.require(symbols == 0 || code.longest() > 0, slice.text() + " has symbols but no code words");
            return new Stream(code.table(), code.longest(), in.bits(bytes));
        }

        private static HuffmanCode code(ByteCursor in, ParameterSlice slice, int[] lengths) {
            try {
                return HuffmanCode.withLengths(lengths);
            } catch (IllegalArgumentException e) {
                throw in.refuse(slice.text() + ": " + e.getMessage());
            }
        }

        /** The next symbol; -1 for a pattern that is no word. */
        int next() {
            int entry = table[bits.peek(longest)];
            if (entry == 0) {
                return -1;
            }
            bits.skip(entry & 0xF);
            return entry >> 4;
        }
    }

    static short[] everyPosition(ByteCursor in, ParameterSlice slice, int alphabet) {
        int length = slice.length();
        Stream stream = Stream.read(in, slice, alphabet, length);
        short[] codes = new short[length];
        for (int i = 0; i < length; i++) {
            codes[i] = (short) (stream.next() + 1);
            if (codes[i] == 0) {
                throw in.refuse(slice.text() + " has a bit pattern that is no code word");
            }
        }
        finish(in, slice, stream);
        return codes;
    }

    static short[] relativeIndex(ByteCursor in, ParameterSlice slice, int alphabet) {
        int width = (int) in.number(1);
        in.require(width >= 1 && width <= GapCode.MOST_BITS, slice.text() + " has gaps of " + width + " bits");
        GapCode gaps = new GapCode(width);
        long survivors = in.number(Integer.BYTES);
        long symbols = in.number(Integer.BYTES);
        int length = slice.length();
        in.require(
                survivors <= symbols && length < (symbols + 1) * (gaps.filler() + 1L),
                slice.text() + " claims " + length + " positions, more than its " + symbols + " gaps can reach");
        Stream stream = Stream.read(in, slice, 1 << width, symbols);
        short[] codes = new short[length];
        int position = place(in, slice, stream, new Gaps(codes, gaps.filler(), symbols, survivors));
        in.require(
                length - position < gaps.filler(),
                slice.text() + " has " + (length - position) + " positions that no gap reaches");
        finish(in, slice, stream);
        fill(in, slice, Stream.read(in, slice, alphabet, survivors), codes);
        return codes;
    }

    private record Gaps(short[] codes, int filler, long symbols, long survivors) {}

    /** Marks the survivors' positions with 1; returns how far the gaps reach. */
    private static int place(ByteCursor in, ParameterSlice slice, Stream stream, Gaps gaps) {
        int position = 0;
        long found = 0;
        for (long i = 0; i < gaps.symbols; i++) {
            int symbol = stream.next();
            in.require(symbol >= 0, slice.text() + " has a bit pattern that is no code word");
            position += symbol;
            boolean survivor = symbol != gaps.filler;
            in.require(
                    survivor ? position < gaps.codes.length : position <= gaps.codes.length,
                    slice.text() + " has gaps that lead beyond its end");
            if (survivor) {
                gaps.codes[position++] = 1;
                found++;
            }
        }
        in.require(found == gaps.survivors, slice.text() + " claims " + gaps.survivors + " survivors, got " + found);
        return position;
    }

    private static void fill(ByteCursor in, ParameterSlice slice, Stream stream, short[] codes) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != 0) {
                codes[i] = (short) (stream.next() + 1);
                if (codes[i] == 0) {
                    throw in.refuse(slice.text() + " has a bit pattern that is no code word");
                }
            }
        }
        finish(in, slice, stream);
    }

    private static void finish(ByteCursor in, ParameterSlice slice, Stream stream) {
        String problem = stream.bits.finish();
        in.require(problem.isEmpty(), slice.text() + ": " + problem);
    }
}
