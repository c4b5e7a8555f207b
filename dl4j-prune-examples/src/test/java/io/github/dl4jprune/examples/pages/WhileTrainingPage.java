package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Path;

/** docs/tutorials/while-training.md: two paths and images. */
public abstract class WhileTrainingPage extends Page {
    /** The trained network. */
    protected final Path big = Path.of("big.zip");

    /** Where the masked one goes. */
    protected final Path masked = Path.of("masked.zip");

    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    protected WhileTrainingPage() throws IOException {
        ModelFile.write(big, BundledModel.VGG_SMALL.read(), UpdaterState.LEFT_OUT);
    }

    @Override
    public void check(String snippet) {
        assertThat(ModelFile.read(masked).network().params())
                .isNotEqualTo(ModelFile.read(big).network().params());
    }
}
