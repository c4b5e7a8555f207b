package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files: 1,000 of them, 10,000 with {@code -Pfull}, as many of every {@link FileMutation}. */
class FuzzedFileTest {
    private static final int FILES = Boolean.getBoolean("dl4jprune.full") ? 10_000 : 1_000;
    private static final List<FileMutation> MUTATIONS = List.of(FileMutation.values());
    private static final Path NAME = Path.of("fuzzed.dl4c");

    // what a byte may stand for, by the format: 8 gaps of 255 zeros
    private static final long MOST_VALUES_A_BYTE = 2040;
    // two bytes a code and four a value
    private static final long MOST_HEAP_A_BYTE = (2 + 4) * MOST_VALUES_A_BYTE;
    // what it takes to read this network's configuration several times; 5.4 MB were seen
    private static final long HEAP = 8L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] valid = SampleFile.bytes();

    @Test
    void every_damaged_file_is_refused_with_its_section_or_read_whole() {
        FileMutation.Source source = new FileMutation.Source(valid, new Random(1));
        Map<FileMutation, Integer> refused = new EnumMap<>(FileMutation.class);
        for (int i = 0; i < FILES; i++) {
            FileMutation mutation = MUTATIONS.get(i % MUTATIONS.size());
            byte[] mutated = mutation.of(source);
            String place = "file " + i + " of " + FILES + ", " + mutation;
            boolean refusal = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(mutated, place), place);
            refused.merge(mutation, refusal ? 1 : 0, Integer::sum);
        }
        int each = FILES / MUTATIONS.size();
        assertThat(refused).containsOnlyKeys(MUTATIONS);
        refused.forEach(
                (mutation, count) -> assertThat(count).as(mutation.name()).isGreaterThan(each / 3));
    }

    /** Reads a file as decompress does. */
    private static boolean refused(byte[] file, String place) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            CompressedModel read = CompressedFile.decode(NAME, file);
            assertThat((long) read.weights().length()).isLessThanOrEqualTo(MOST_VALUES_A_BYTE * file.length);
            read.restore();
            return false;
        } catch (CompressedFileException e) {
            assertThat(e.getMessage())
                    .as(place)
                    .matches("compressed file \"fuzzed.dl4c\": (header|section \\d+ of \\d+)\\b.*");
            return true;
        } finally {
            long heap = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(heap).as(place).isLessThan(HEAP + MOST_HEAP_A_BYTE * file.length);
        }
    }

    @Test
    void each_kind_of_damage_has_its_message() {
        refuses(new byte[3], "header must begin with the bytes 89 44 4c 34 43 0d 0a 1a: this is no compressed model");
        refuses(changed(8, 9), "header is of version 9, this one reads 1");
        refuses(changed(12, 9), "header has a wrong checksum");
        refuses(Arrays.copyOf(valid, valid.length + 2), "header has 2 trailing bytes");
        refuses(Arrays.copyOf(valid, valid.length - 1), "section 6 of 6 needs 4 more bytes, but 3 are left");
        refuses(changed(40, valid[40] + 1), "section 1 of 6 has a wrong checksum");
        byte[] huge = valid.clone();
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(15, -1);
        FileMutation.repairChecksums(huge);
        refuses(
                huge,
                "header claims 4294967295 sections, more than " + (valid.length - CompressedFile.HEADER)
                        + " bytes can hold");
    }

    @Test
    void a_layer_that_claims_more_than_its_bits_can_hold_is_refused_before_memory_is_taken() {
        ByteWriter layer = new ByteWriter();
        layer.text("bomb");
        layer.number(1, 2);
        layer.text("W");
        layer.number(1, 1);
        layer.number('c', 1);
        layer.number(2, 1);
        layer.number(40_000, 4);
        layer.number(50_000, 4);
        layer.number(ParameterCodec.RELATIVE_INDEX, 1);
        layer.number(4, 1);
        layer.number(1, 2);
        layer.values(new double[] {1}, Precision.FLOAT);
        layer.number(8, 1);
        layer.number(0, 4);
        layer.number(2_000_000_000L / 255, 4);

        ByteCursor in = new ByteCursor(layer.toBytes(), 0, layer.length(), IllegalStateException::new);
        in.text();
        in.number(2);

        assertThatThrownBy(() -> ParameterCodec.decode(in, "bomb", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("needs 128 more bytes");
    }

    private byte[] changed(int at, int value) {
        byte[] file = valid.clone();
        file[at] = (byte) value;
        return file;
    }

    private static void refuses(byte[] file, String message) {
        assertThatThrownBy(() -> CompressedFile.decode(NAME, file))
                .isInstanceOf(CompressedFileException.class)
                .hasMessage("compressed file \"fuzzed.dl4c\": " + message);
    }
}
