package io.github.dl4jprune.examples.pages;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** docs/search.md: a residual network, images, and a folder for what is written. */
public abstract class SearchPage extends Page {
    /** Untrained, so that all is quick. */
    protected final ComputationGraph network = SmallImages.resnet8();

    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    /** The same. */
    protected final ImageIterator validation = SmallImages.four();

    /** Empty. */
    protected final Path folder;

    /** Makes the folder. */
    protected SearchPage() throws java.io.IOException {
        folder = Files.createTempDirectory(Path.of("."), "search");
    }

    /** Data from their beginning. */
    protected ImageIterator trainingImages() {
        return SmallImages.four();
    }
}
