package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.compression.Clustering;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

class SharingComparisonTest {
    @TempDir
    Path folder;

    private final MultiLayerNetwork network = LeNets.lenet300100(1, 1);
    private final SharingComparison comparison = new SharingComparison(
            new SavedModel(network, new ImagePreProcessingScaler(0, 1), InputShapes.of(new long[] {1, 28, 28})),
            DataSource.parse("embedded"));

    @Test
    void every_way_to_find_centroids_leaves_no_more_of_them_than_bits_allow() {
        SharingComparison.clusterings().forEach((name, clustering) -> {
            MultiLayerNetwork shared = comparison.share(network, 3, clustering);

            assertThat(WeightDistribution.of(network, shared).centroids())
                    .as(name)
                    .hasSizeBetween(4, 8);
        });
    }

    @Test
    void a_distribution_counts_the_weights_that_are_not_zero() {
        WeightDistribution weights =
                new WeightDistribution("0_W", new float[] {-1, 0, 0.99f, 1}, new float[] {-1, 0, 1, 1});

        assertThat(weights.centroids()).isEqualTo(Map.of(-1f, 1, 1f, 2));
        assertThat(weights.histogram()).startsWith(1).endsWith(2).contains(0);
    }

    @Test
    void the_picture_shows_bins_and_centroids() throws IOException {
        MultiLayerNetwork shared = comparison.share(network, 4, Clustering.exact());
        Path file = folder.resolve("weights.png");

        WeightDistribution.of(network, shared).write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1100);
        int[] line = picture.getRGB(0, 300, 1100, 1, null, 0, 1100);
        assertThat(Arrays.stream(line).distinct().count())
                .as("colours across the middle: paper, frame, bins, centroids")
                .isGreaterThan(3);
    }
}
