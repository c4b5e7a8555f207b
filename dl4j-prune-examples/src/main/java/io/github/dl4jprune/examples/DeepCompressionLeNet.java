package io.github.dl4jprune.examples;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.compression.CompressedModel;
import io.github.dl4jprune.compression.ParameterSize;
import io.github.dl4jprune.compression.Precision;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.SharedWeightListener;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.Distillation;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.ModelEvaluation;
import io.github.dl4jprune.training.TrainingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Deep Compression of the paper's two MNIST networks. Run with {@code mnist:DIR}, a folder for the stages, the network
 * ({@code lenet300} or {@code lenet5}) and a seed. Each stage writes its model into the folder and is not repeated when the
 * file is there, so a killed run goes on where it was.
 */
public final class DeepCompressionLeNet {
    private static final int BATCH = 200;
    private static final int STEP = 100;
    private static final double WHOLE_BOUND = 0.9999; // of which every layer gets its own
    private final DataSource data;
    private final Path folder;
    private final String name;
    private final long seed;
    private final LeNetCompression recipe;

    private DeepCompressionLeNet(String[] arguments) {
        data = DataSource.parse(arguments[0]);
        folder = Path.of(arguments[1]);
        name = arguments[2];
        seed = Long.parseLong(arguments[3]);
        recipe = LeNetCompression.of(name);
    }

    /**
     * Trains, prunes, shares and encodes.
     *
     * @param arguments data, folder, network, seed
     */
    public static void main(String[] arguments) throws IOException {
        OneDnn.enable();
        Files.createDirectories(Path.of(arguments[1]));
        new DeepCompressionLeNet(arguments).run();
    }

    private void run() {
        MultiLayerNetwork dense = stage("dense", this::train);
        MultiLayerNetwork pruned = stage("pruned", () -> prune(dense));
        compress(pruned, dense);
    }

    private MultiLayerNetwork train() {
        MultiLayerNetwork network = name.equals("lenet5")
                ? LeNets.lenet5(seed, recipe.denseEpochs())
                : LeNets.lenet300100(seed, recipe.denseEpochs());
        network.addListeners(new EpochPrinter());
        network.fit(images(Split.TRAIN), recipe.denseEpochs());
        network.setListeners(new ArrayList<>());
        return network;
    }

    private MultiLayerNetwork prune(MultiLayerNetwork dense) {
        ImageIterator train = images(Split.TRAIN);
        Steps steps = new Steps(ScheduleType.ITERATION, 0, train.batches() * recipe.lastStep(), STEP);
        DynamicPruningListener.Builder weights = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(new CubicSparsity(0, WHOLE_BOUND, steps));
        recipe.keep().forEach((layer, kept) -> weights.layer(layer, 1 - kept));
        MultiLayerNetwork network = dense.clone();
        weights.build().attach(network);
        MultiLayerNetwork pruned = new FineTuning.Builder()
                .epochs(recipe.pruningEpochs())
                .learningRate(recipe.learningRate())
                .weightDecay(1e-4)
                .batchesPerEpoch(train.batches())
                .distillation(new Distillation(dense))
                .seed(seed)
                .build()
                .fit(network, train, DeepCompressionLeNet::print);
        pruned.setListeners(new ArrayList<>());
        return pruned;
    }

    private void compress(MultiLayerNetwork pruned, MultiLayerNetwork teacher) {
        SharedModel shared = new SharingPlan.Builder()
                .layerBits(recipe.bits())
                .centroids(Precision.HALF)
                .vectors(Precision.HALF)
                .build()
                .share(pruned);
        MultiLayerNetwork network = stage("shared", () -> {
            SharedWeightListener listener = SharedWeightListener.attach(pruned, shared);
            MultiLayerNetwork trained = new FineTuning.Builder()
                    .epochs(1)
                    .learningRate(1e-4)
                    .weightDecay(0)
                    .distillation(new Distillation(teacher))
                    .batchesPerEpoch(images(Split.TRAIN).batches())
                    .seed(seed)
                    .build()
                    .fit(pruned, images(Split.TRAIN), DeepCompressionLeNet::print);
            listener.sharedModel(trained).applyTo(trained);
            trained.setListeners(new ArrayList<>());
            return trained;
        });
        Path file = folder.resolve(name + "-" + seed + ".dl4c");
        CompressedModel compressed = CompressedFile.write(file, saved(network), shared.withValuesOf(network));
        boolean exact = compressed.restore().network().params().equals(network.params());
        print(compressed.sizes());
        System.out.printf(
                "%s: %d bytes dense, %d in the file, ratio %.2f, restored weights equal: %b%n",
                file.getFileName(), compressed.denseBytes(), compressed.bytes(), compressed.ratio(), exact);
    }

    private static void print(List<ParameterSize> sizes) {
        System.out.printf("layer parameter values survivors centroids gapBits dense pruned shared encoded%n");
        for (ParameterSize size : sizes) {
            System.out.printf(
                    "%s %s %d %d %d %d %d %d %d %d%n",
                    size.layer(),
                    size.parameter(),
                    size.values(),
                    size.survivors(),
                    size.centroids(),
                    size.gapBits(),
                    size.dense(),
                    size.pruned(),
                    size.shared(),
                    size.encoded());
        }
    }

    private static void print(TrainingStatus status) {
        System.out.printf(
                "epoch %d of %d: loss %.4f, %.0f examples/s%n",
                status.epoch(), status.epochs(), status.loss(), status.examplesPerSecond());
    }

    private static SavedModel saved(MultiLayerNetwork network) {
        return new SavedModel(network, new ImagePreProcessingScaler(0, 1), InputShapes.of(new long[] {1, 28, 28}));
    }

    private MultiLayerNetwork stage(String stage, Supplier<MultiLayerNetwork> work) {
        Path file = folder.resolve(name + "-" + seed + "-" + stage + ".zip");
        if (!Files.exists(file)) {
            ModelFile.write(file, saved(work.get()), UpdaterState.LEFT_OUT);
        }
        MultiLayerNetwork network = (MultiLayerNetwork) ModelFile.read(file).network();
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            ModelEvaluation evaluation = ModelEvaluation.of(network, images(split));
            System.out.printf("%s: %s error %.2f %%%n", file.getFileName(), split, 100 * (1 - evaluation.accuracy()));
        }
        return network;
    }

    private ImageIterator images(Split split) {
        ImageIterator.Builder builder = new ImageIterator.Builder(data.load(split)).batch(BATCH);
        ImageIterator iterator = (split == Split.TRAIN ? builder.shuffle(seed) : builder).build();
        iterator.setPreProcessor(new ImagePreProcessingScaler(0, 1));
        return iterator;
    }

    private static final class EpochPrinter extends BaseTrainingListener {
        @Override
        public void onEpochEnd(Model model) {
            System.out.printf("dense: loss of the last batch %.4f%n", model.score());
        }
    }
}
