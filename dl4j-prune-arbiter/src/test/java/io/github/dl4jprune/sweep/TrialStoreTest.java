package io.github.dl4jprune.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStoreTest {
    private static final Map<String, Object> SETTINGS = Map.of("sparsity", 0.25, "layers", Map.of("conv1", 0.5));
    private static final TrialResult FIRST = new TrialResult(SETTINGS, 0.9, 0.5, 0.4, 0.25);
    private static final TrialResult SECOND = new TrialResult(SETTINGS, 0.8, 0.5, 0.4, 0.25);

    @TempDir
    Path folder;

    @Test
    void a_candidate_of_the_same_settings_is_made_once() throws IOException {
        new TrialStore(folder, Map.of("model", "a")).result(0, SETTINGS, () -> FIRST);

        TrialResult again = new TrialStore(folder, Map.of("model", "a")).result(0, SETTINGS, () -> SECOND);

        assertThat(again).isEqualTo(FIRST);
    }

    @Test
    void other_settings_or_another_model_are_made_anew() throws IOException {
        Map<String, Object> others = Map.of("sparsity", 0.5);
        new TrialStore(folder, Map.of("model", "a")).result(0, SETTINGS, () -> FIRST);
        new TrialStore(folder, Map.of("model", "a")).result(1, SETTINGS, () -> FIRST);

        TrialResult model = new TrialStore(folder, Map.of("model", "b")).result(0, SETTINGS, () -> SECOND);
        TrialResult settings = new TrialStore(folder, Map.of("model", "a")).result(1, others, () -> SECOND);

        assertThat(List.of(model, settings)).containsExactly(SECOND, SECOND);
    }

    @Test
    void a_failed_candidate_leaves_no_file() throws IOException {
        TrialStore store = new TrialStore(folder, Map.of());

        assertThat(catchThrowable(() -> store.result(0, SETTINGS, () -> {
                    throw new IllegalStateException("diverged");
                })))
                .hasMessage("diverged");
        assertThat(folder).isEmptyDirectory();
    }
}
