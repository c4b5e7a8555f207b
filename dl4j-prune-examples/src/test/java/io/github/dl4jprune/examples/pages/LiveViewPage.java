package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.models.VggSmall;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** docs/tutorials/live-view.md: a small network and images. */
public abstract class LiveViewPage extends Page {
    /** The network that is trained. */
    protected final MultiLayerNetwork network =
            new VggSmall().build(new ModelOptions.Builder().seed(5).build());

    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    /** The same four. */
    protected final ImageIterator validation = SmallImages.four();

    @Override
    public void check(String snippet) {
        // 0.4 of 16 filters are 6
        assertThat(SmallImages.zeros(network.getLayer("conv1").getParam("W"))).isEqualTo(6.0 / 16);
    }
}
