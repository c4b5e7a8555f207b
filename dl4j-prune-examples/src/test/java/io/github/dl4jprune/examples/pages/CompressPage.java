package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Path;

/** docs/tutorials/compress.md: the trained network as big.zip. */
public abstract class CompressPage extends Page {
    protected CompressPage() throws IOException {
        ModelFile.write(Path.of("big.zip"), BundledModel.VGG_SMALL.read(), UpdaterState.LEFT_OUT);
    }

    @Override
    public void check(String snippet) {
        assertThat(CompressedFile.read(Path.of("six-bits.dlc")).ratio()).isGreaterThan(5);
    }
}
