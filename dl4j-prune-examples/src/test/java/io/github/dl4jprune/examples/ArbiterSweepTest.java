package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.sweep.Sweep;
import io.github.dl4jprune.sweep.SweepPlan;
import io.github.dl4jprune.sweep.SweepSearch;
import io.github.dl4jprune.sweep.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArbiterSweepTest {
    @TempDir
    Path folder;

    private List<TrialResult> sweep(SweepSearch search, int candidates) throws IOException {
        SweepPlan plan = new SweepPlan(ArbiterSweep.space(), search, candidates, 2, 1);
        ArbiterSweep.SweptNetwork network =
                new ArbiterSweep.SweptNetwork(SmallImages.vgg16(), SmallImages.train(), SmallImages.validation(), 1);
        return ArbiterSweep.run(network, new Sweep(plan, 0.5), folder);
    }

    @Test
    void a_sweep_that_is_run_again_trains_only_what_is_missing() throws IOException {
        List<TrialResult> first = sweep(SweepSearch.RANDOM, 2);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(folder.resolve("candidate-0.json"), longAgo);
        Files.delete(folder.resolve("candidate-1.json"));

        List<TrialResult> second = sweep(SweepSearch.RANDOM, 2);

        assertThat(first)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.macs()).isBetween(0.05, 0.95));
        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(folder.resolve("candidate-0.json")))
                .isEqualTo(longAgo);
        assertThat(folder.resolve("candidate-1.json")).exists();
    }

    @Test
    void a_grid_begins_with_the_smallest_sparsities() throws IOException {
        TrialResult only = sweep(SweepSearch.GRID, 1).get(0);

        assertThat(only.settings())
                .containsEntry("shallow", 0.1)
                .containsEntry("deep", 0.2)
                .containsEntry("dense", 0.2)
                .containsEntry("schedule", "log");
        assertThat(only.macs()).isBetween(0.6, 0.8);
    }
}
