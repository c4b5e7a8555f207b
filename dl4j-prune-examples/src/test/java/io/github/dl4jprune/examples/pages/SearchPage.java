package io.github.dl4jprune.examples.pages;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** docs/search.md: a residual network, images, and a folder for what is written. */
public abstract class SearchPage extends Page {
    /** Untrained, so that all is quick. */
    protected final ComputationGraph network = SmallImages.resnet8();

    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    /** The same. */
    protected final ImageIterator validation = SmallImages.four();

    /** What the network reads. */
    protected final InputTypes types = InputTypes.infer(NetworkView.of(network).structure());

    /** Four images once more. */
    protected final INDArray someImages = SmallImages.four().next().getFeatures();

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
