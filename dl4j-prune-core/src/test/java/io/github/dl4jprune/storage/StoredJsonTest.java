package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoredJsonTest {
    @Test
    void brackets_in_texts_do_not_nest() throws IOException {
        String text = "[{\\\"".repeat(StoredJson.DEEPEST + 1);

        assertThat(StoredJson.tree("{\"a\": \"" + text + "\"}").get("a").asText())
                .isEqualTo(text.replace("\\", ""));
    }

    @Test
    void siblings_do_not_nest() throws IOException {
        assertThat(StoredJson.tree("[" + "[],".repeat(StoredJson.DEEPEST + 1) + "1]"))
                .hasSize(StoredJson.DEEPEST + 2);
    }

    @Test
    void the_deepest_text_that_is_read() throws IOException {
        String text = "[".repeat(StoredJson.DEEPEST) + "]".repeat(StoredJson.DEEPEST);

        assertThat(StoredJson.tree(text).toString()).isEqualTo(text);
    }

    @Test
    void deeper_texts_and_longer_ones_are_refused_before_they_are_parsed() {
        assertThatThrownBy(() -> StoredJson.tree("[".repeat(StoredJson.DEEPEST + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is nested more than 500 deep");
        assertThatThrownBy(() -> StoredJson.tree("[" + "{},".repeat(StoredJson.MOST_CONTAINERS)))
                .isInstanceOf(IOException.class)
                .hasMessage("it has more than 1048576 objects and lists");
    }
}
