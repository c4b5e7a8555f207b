package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.models.PixelScale;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

class ResumeAfterKillTest {
    private static final int EPOCHS = 2;

    @TempDir
    Path folder;

    private static SavedModel start() {
        return new SavedModel(
                SmallImages.vgg16(), PixelScale.IMAGENET.normalizer(), InputShapes.of(new long[] {3, 32, 32}));
    }

    private static MultiLayerNetwork run(ImageIterator train, Path checkpoint) {
        return ResumeAfterKill.run(start(), train, SmallImages.validation(), checkpoint, EPOCHS);
    }

    @Test
    void a_run_that_was_cut_off_ends_as_one_that_was_not() {
        MultiLayerNetwork whole = run(SmallImages.train(), folder.resolve("whole.zip"));
        ImageIterator cutOff = SmallImages.train();
        DataNormalization normalizer = PixelScale.IMAGENET.normalizer();
        int[] batches = {0};
        cutOff.setPreProcessor(batch -> {
            if (++batches[0] > SmallImages.BATCHES + 2) {
                throw new CancellationException("killed");
            }
            normalizer.preProcess(batch);
        });
        Path checkpoint = folder.resolve("checkpoint.zip");

        assertThatThrownBy(() -> run(cutOff, checkpoint)).isInstanceOf(CancellationException.class);
        MultiLayerNetwork resumed = run(SmallImages.train(), checkpoint);

        assertThat(resumed.params()).isEqualTo(whole.params());
        assertThat(resumed.getIterationCount()).isEqualTo(EPOCHS * SmallImages.BATCHES);
        assertThat(SmallImages.zeros(resumed.getLayer("f.40").getParam("W"))).isGreaterThanOrEqualTo(0.79);
    }
}
