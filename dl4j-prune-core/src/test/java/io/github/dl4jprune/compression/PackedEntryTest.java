package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PackedEntryTest {
    private static final int LENGTH_AT = 2 + "a".length(); // behind the name: its length in 2 bytes, its text

    private static PackedEntry decode(byte[] bytes) {
        return PackedEntry.decode(
                new ByteCursor(bytes, 0, bytes.length, rule -> new IllegalStateException("entry " + rule)));
    }

    @Test
    void an_entry_comes_back_as_it_was() {
        byte[] content = {1, 2, 3, 3, 3};

        PackedEntry read = decode(PackedEntry.encode("a", content));

        assertThat(read.name()).isEqualTo("a");
        assertThat(read.content()).isEqualTo(content);
    }

    @Test
    void a_claim_of_more_than_64_mebibytes_is_refused_before_anything_is_allocated() {
        byte[] bytes = PackedEntry.encode("a", new byte[1 << 20]);
        ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(LENGTH_AT, 2_000_000_000);

        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("entry claims 2000000000 bytes, more than the 67108864 allowed");
    }
}
