package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.search.EvolutionSearch;
import io.github.dl4jprune.search.WidthSearchResult;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.RecalibratedAccuracy;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchGeneratedWidthsTest {
    @Test
    void inner_widths_under_half_of_the_multiply_adds_are_found_on_embedded_images(@TempDir Path folder) {
        EvolutionSearch evolution = new EvolutionSearch(3, 2, 1, 1, 0.5, 0, 31, 3);
        RecalibratedAccuracy fitness =
                new RecalibratedAccuracy(new BatchNormRecalibration(1), SmallImages::train, SmallImages.validation());
        Path state = folder.resolve("search.json");

        WidthSearchResult<ComputationGraph> result =
                SearchGeneratedWidths.run(SmallImages.resnet8(), SmallImages.train(), fitness, evolution, state);

        assertThat(List.copyOf(result.ratios().keySet()))
                .containsExactly("layer1.0.conv1", "layer2.0.conv1", "layer3.0.conv1");
        assertThat(result.evaluations()).hasSizeBetween(3, 6).allMatch(candidate -> candidate.macs() <= 0.5);
        assertThat(result.best().fitness()).isEqualTo(fitness.of(result.network()));
        assertThat(folder.resolve("search.json.pruningnet")).isRegularFile();
    }
}
