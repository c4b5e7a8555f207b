package io.github.dl4jprune.compression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to damage a compressed file. Those that rebuild it make its checksums right, so that the damage lies behind them. */
enum FileMutation {
    /** Cut short anywhere. */
    TRUNCATED {
        @Override
        byte[] of(Source source) {
            return Arrays.copyOf(source.file, source.random.nextInt(source.file.length));
        }
    },
    /** Bytes behind the end. */
    EXTENDED {
        @Override
        byte[] of(Source source) {
            return Arrays.copyOf(source.file, source.file.length + 1 + source.random.nextInt(20));
        }
    },
    /** Up to eight bits. */
    FLIPPED {
        @Override
        byte[] of(Source source) {
            return source.flipped(source.file.clone());
        }
    },
    /** Up to eight bits, with right checksums. */
    FLIPPED_BEHIND_CHECKSUMS {
        @Override
        byte[] of(Source source) {
            return repairChecksums(source.flipped(source.file.clone()));
        }
    },
    /** Two sections in each other's place, or one twice or not at all. */
    SWAPPED {
        @Override
        byte[] of(Source source) {
            int one = source.section();
            int other = source.section();
            DissectedFile.Section again = source.parts.sections().get(one - 1);
            DissectedFile parts = one != other
                    ? source.parts.swapped(one, other)
                    : source.random.nextBoolean()
                            ? source.parts.without(one)
                            : source.parts.and(again.type(), again.payload());
            return parts.toBytes();
        }
    },
    /** A number in the header or in a section, or anything of four bytes, that claims as much as it can. */
    HUGE {
        @Override
        byte[] of(Source source) {
            int most = (1 << (31 - source.random.nextInt(8))) - source.random.nextInt(2);
            if (source.random.nextInt(8) == 0) {
                return source.parts.withParameters(most & 0xFFFFFFFFL).toBytes();
            }
            int section = source.section();
            byte[] payload = source.payload(section);
            List<Integer> numbers = Source.numbers(payload);
            int at = source.random.nextBoolean()
                    ? source.random.nextInt(payload.length - 4)
                    : numbers.get(source.random.nextInt(numbers.size()));
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putInt(at, most);
            return source.parts.with(section, payload).toBytes();
        }
    },
    /** Lengths of code words that belong to no code, or to another one. */
    OVERLONG_CODES {
        @Override
        byte[] of(Source source) {
            int section = source.layer();
            byte[] payload = source.payload(section);
            int at = Source.codeLengths(payload);
            for (int changes = 1 + source.random.nextInt(4); changes > 0; changes--) {
                payload[at + source.random.nextInt(4)] = (byte) source.random.nextInt(256);
            }
            return source.parts.with(section, payload).toBytes();
        }
    },
    /** Bytes of a layer, one by one, with right checksums. */
    LAYER_BYTES {
        @Override
        byte[] of(Source source) {
            int section = source.layer();
            byte[] payload = source.payload(section);
            for (int changes = 1 + source.random.nextInt(3); changes > 0; changes--) {
                payload[source.random.nextInt(payload.length)] = (byte) source.random.nextInt(256);
            }
            return source.parts.with(section, payload).toBytes();
        }
    },
    /** A digit or a bracket of the configuration, packed again. */
    CONFIGURATION_TEXT {
        @Override
        byte[] of(Source source) {
            byte[] payload = source.payload(1);
            PackedEntry entry =
                    PackedEntry.decode(new ByteCursor(payload, 0, payload.length, IllegalStateException::new));
            String text = new String(entry.content(), UTF_8);
            int at = source.random.nextInt(text.length());
            String[] others = {"9", "-1", "1000000000", "[", "{", "\"", "null", "e9", ""};
            String changed =
                    text.substring(0, at) + others[source.random.nextInt(others.length)] + text.substring(at + 1);
            return source.parts
                    .with(1, PackedEntry.encode(entry.name(), changed.getBytes(UTF_8)))
                    .toBytes();
        }
    },
    /** A piece of a section in another place of it, with right checksums. */
    MOVED {
        @Override
        byte[] of(Source source) {
            int section = source.section();
            byte[] payload = source.payload(section);
            int length = 1 + source.random.nextInt(Math.min(32, payload.length - 1));
            int from = source.random.nextInt(payload.length - length);
            System.arraycopy(payload.clone(), from, payload, source.random.nextInt(payload.length - length), length);
            return source.parts.with(section, payload).toBytes();
        }
    };

    /** Another damaged file. */
    abstract byte[] of(Source source);

    /** A good file, and where chance comes from. */
    static final class Source {
        private final byte[] file;
        private final DissectedFile parts;
        private final Random random;

        Source(byte[] file, Random random) {
            this.file = file;
            this.parts = DissectedFile.of(file);
            this.random = random;
        }

        private byte[] flipped(byte[] bytes) {
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }

        /** Any section, counted from 1. */
        private int section() {
            return 1 + random.nextInt(parts.sections().size());
        }

        /** A section of a layer whose first parameter is coded. */
        private int layer() {
            int section = section();
            while (codeLengths(payload(section)) < 0) {
                section = section();
            }
            return section;
        }

        private byte[] payload(int section) {
            return parts.sections().get(section - 1).payload().clone();
        }

        /** Where the lengths of the first code's words begin; negative: the section holds none. */
        private static int codeLengths(byte[] payload) {
            List<Integer> numbers = new ArrayList<>();
            return codeLengths(payload, numbers);
        }

        /** Where numbers of four bytes stand that say how much there is. */
        private static List<Integer> numbers(byte[] payload) {
            List<Integer> numbers = new ArrayList<>();
            codeLengths(payload, numbers);
            return numbers;
        }

        private static int codeLengths(byte[] payload, List<Integer> numbers) {
            ByteCursor in = new ByteCursor(payload, 0, payload.length, IllegalStateException::new);
            if (in.text().contains(".")) { // an entry
                numbers.add(in.position());
                return -1;
            }
            in.number(2);
            in.text();
            in.number(2);
            for (long axes = in.number(1); axes > 0; axes--) {
                numbers.add(in.take(4));
            }
            int encoding = (int) in.number(1);
            int width = (int) in.number(1);
            if (encoding == ParameterCodec.RAW) {
                return -1;
            }
            int words = (int) in.number(2);
            in.take((long) width * words);
            if (encoding == ParameterCodec.RELATIVE_INDEX) {
                words = 1 << in.number(1);
                numbers.add(in.take(4));
                numbers.add(in.take(4));
            }
            numbers.add(in.position() + (words + 1) / 2);
            return in.position();
        }
    }

    /** Makes the checksums of a file right, as far as its sections can be followed. */
    static byte[] repairChecksums(byte[] file) {
        ByteBuffer numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int next = CompressedFile.HEADER;
        numbers.putInt(next - 4, (int) CompressedFile.crc(file, 0, next - 4));
        while (next + 9 <= file.length) {
            int length = numbers.getInt(next + 1);
            if (length < 0 || length > file.length - next - 9) {
                return file;
            }
            numbers.putInt(next + 5 + length, (int) CompressedFile.crc(file, next, 5 + length));
            next += length + 9;
        }
        return file;
    }
}
