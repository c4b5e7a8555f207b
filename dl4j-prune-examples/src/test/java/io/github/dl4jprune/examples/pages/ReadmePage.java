package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.models.VggSmall;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** README.md and docs/criteria.md: a network with layers named conv1 to conv6, fc and out, and images. */
public abstract class ReadmePage extends Page {
    /** The sparsity of conv1 that a snippet with this word leaves. */
    private static final Map<String, Double> CONV1_SPARSITY = Map.of(
            "StaticPruningListener", 0.5,
            "new LogarithmicSparsity", 0.75,
            "new CubicSparsity", 0.5,
            "SoftPruningListener", 0.5,
            "GeometricMedianListener", 0.5);

    /** Untrained, so that all is quick. */
    protected final MultiLayerNetwork network =
            new VggSmall().build(new ModelOptions.Builder().seed(5).build());

    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    /** The same. */
    protected final ImageIterator validation = SmallImages.four();

    @Override
    public void check(String snippet) {
        CONV1_SPARSITY.forEach((word, sparsity) -> {
            if (snippet.contains(word)) {
                assertThat(SmallImages.zeros(network.getLayer("conv1").getParam("W")))
                        .isEqualTo(sparsity);
            }
        });
    }
}
