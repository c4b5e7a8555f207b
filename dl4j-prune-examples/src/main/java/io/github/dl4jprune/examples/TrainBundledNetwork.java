package io.github.dl4jprune.examples;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.EmbeddedImages;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.models.VggSmall;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.ModelEvaluation;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains the network that the models module ships for the demo: {@link VggSmall} on the embedded images, from scratch.
 * Run with the file to write, {@code dl4j-prune-models/src/main/resources/io/github/dl4jprune/models/vgg-small.zip}.
 */
public final class TrainBundledNetwork {
    private static final long SEED = 20261122;
    private static final int EPOCHS = 15;
    private static final ISchedule RATE = new MapSchedule.Builder(ScheduleType.EPOCH)
            .add(0, 2e-3)
            .add(10, 5e-4)
            .add(13, 1e-4)
            .build();
    private static final int BATCH = 64;

    private TrainBundledNetwork() {}

    /**
     * Trains, evaluates on the test images once, and writes.
     *
     * @param arguments the file to write
     */
    public static void main(String[] arguments) {
        OneDnn.enable();
        VggSmall architecture = new VggSmall();
        DataNormalization normalizer = architecture.pixels().normalizer();
        MultiLayerNetwork network = architecture.build(new ModelOptions.Builder()
                .seed(SEED)
                .classes(10)
                .updater(new Adam(RATE))
                .weightDecay(1e-4)
                .build());
        ImageIterator train = images(Split.TRAIN, Augmentation.CROP_FLIP, normalizer);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            network.fit(train);
            System.out.printf("epoch %d of %d: loss of the last batch %.4f%n", epoch, EPOCHS, network.score());
        }
        for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
            ModelEvaluation evaluation = ModelEvaluation.of(network, images(split, Augmentation.NONE, normalizer));
            System.out.printf("%s: %.2f %%%n", split, 100 * evaluation.accuracy());
        }
        ModelFile.write(
                Path.of(arguments[0]),
                new SavedModel(network, normalizer, InputShapes.of(new long[] {3, 32, 32})),
                UpdaterState.LEFT_OUT);
    }

    private static ImageIterator images(Split split, Augmentation augmentation, DataNormalization normalizer) {
        LabeledImages images = new EmbeddedImages().load(split);
        ImageIterator.Builder builder = new ImageIterator.Builder(images).batch(BATCH);
        ImageIterator iterator = augmentation == Augmentation.NONE
                ? builder.build()
                : builder.shuffle(SEED).augmentation(augmentation).build();
        iterator.setPreProcessor(normalizer);
        return iterator;
    }
}
