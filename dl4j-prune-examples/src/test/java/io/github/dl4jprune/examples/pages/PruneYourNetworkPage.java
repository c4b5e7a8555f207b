package io.github.dl4jprune.examples.pages;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.examples.SmallImages;
import java.io.File;
import java.io.IOException;

/** docs/tutorials/prune-your-network.md: network.zip as plain DL4J saves it, and images. */
public abstract class PruneYourNetworkPage extends Page {
    /** Four images. */
    protected final ImageIterator train = SmallImages.four();

    protected PruneYourNetworkPage() throws IOException {
        SmallImages.resnet8().save(new File("network.zip"));
    }

    @Override
    protected String[] arguments(String program) {
        return new String[] {"8", "1"};
    }
}
