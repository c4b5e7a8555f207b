package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.search.BeeColony;
import io.github.dl4jprune.search.WidthSearchResult;
import io.github.dl4jprune.training.TrainedAccuracy;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchWidthsTest {
    @Test
    void inner_widths_are_searched_on_embedded_images_and_a_second_run_trains_nothing(@TempDir Path folder) {
        BeeColony colony = new BeeColony(2, 1, 2, 5, 7, 3);
        TrainedAccuracy fitness = TrainedAccuracy.of(SmallImages::train, SmallImages.validation(), 1);
        Path state = folder.resolve("search.json");

        WidthSearchResult<ComputationGraph> result = SearchWidths.run(SmallImages.resnet8(), fitness, colony, state);

        WidthSearchResult<ComputationGraph> again = SearchWidths.run(
                SmallImages.resnet8(),
                network -> {
                    throw new AssertionError("all is known");
                },
                colony,
                state);
        assertThat(List.copyOf(result.ratios().keySet()))
                .containsExactly("layer1.0.conv1", "layer2.0.conv1", "layer3.0.conv1");
        assertThat(result.ratios().values()).allMatch(sparsity -> sparsity >= 0.3 && sparsity < 1);
        assertThat(result.evaluations()).hasSizeBetween(2, colony.evaluations());
        assertThat(result.best().fitness()).isEqualTo(fitness.of(result.network()));
        assertThat(result.after().macs()).isLessThan(result.before().macs());
        assertThat(again.evaluations()).isEqualTo(result.evaluations());
    }
}
