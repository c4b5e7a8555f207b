package io.github.dl4jprune.examples.tables;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.TrainingStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/**
 * Every criterion under one recipe: a network cut to the same share of the channels everywhere, then one epoch of SGD. Run with the
 * data, a model file, the CSV file, how many seeds, how many training images, and the layers to leave whole. A seed fixes
 * the order of the images, what is cropped and flipped, and what the random criterion draws.
 */
public final class CriterionTable {
    static final String HEADER = "criterion,seed,pruned,tuned";
    private static final double KEPT = 0.6; // rounded down, as in FPGM's code: 9 of 16, 19 of 32, 38 of 64
    private static final double LEARNING_RATE = 0.02;
    private static final double WEIGHT_DECAY = 5e-4;
    private static final int SCORED = 1024;

    private final Model network;
    private final TableImages images;
    private final String[] ignored;

    CriterionTable(Model network, TableImages images, String... ignored) {
        this.network = network;
        this.images = images;
        this.ignored = ignored.clone();
    }

    /**
     * Measures what is missing and prints the table.
     *
     * @param arguments data, model, CSV file, seeds, training images, layers
     */
    public static void main(String[] arguments) {
        OneDnn.enable();
        SavedModel model = ModelFile.read(Path.of(arguments[1]));
        TableImages images = TableImages.read(arguments[0], Integer.parseInt(arguments[4]), model.normalizer());
        MeasuredRows rows = new MeasuredRows(Path.of(arguments[2]), HEADER);
        String[] ignored = Arrays.copyOfRange(arguments, 5, arguments.length);
        new CriterionTable(model.network(), images, ignored).measure(rows, Integer.parseInt(arguments[3]));
        System.out.print(text(rows));
    }

    /** All criteria with one seed before the next seed. */
    void measure(MeasuredRows rows, int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            for (String name : Criteria.names()) {
                long order = seed;
                double[] row = rows.row(name, seed, () -> measure(Criteria.named(name, order), order));
                System.out.printf(Locale.ROOT, "%s, seed %d: %.2f -> %.2f %%%n", name, seed, row[0], row[1]);
            }
        }
    }

    private double[] measure(Criterion criterion, long seed) {
        Pruner<Model> pruner = pruner(criterion);
        if (Criteria.looksAtData(criterion)) {
            pruner.data(images.plain(SCORED));
        }
        Model pruned = pruner.prune().network();
        ImageIterator train = images.training(seed);
        Model tuned = new FineTuning.Builder()
                .epochs(1)
                .learningRate(LEARNING_RATE)
                .schedule(LearningRateSchedule.COSINE)
                .weightDecay(WEIGHT_DECAY)
                .batchesPerEpoch(train.batches())
                .seed(seed)
                .build()
                .fit(pruned, train, (TrainingStatus status) -> {});
        return new double[] {images.accuracy(pruned), images.accuracy(tuned)};
    }

    Pruner<Model> pruner(Criterion criterion) {
        Pruner<Model> pruner = Pruner.of(network).criterion(criterion).ignore(ignored);
        for (ChannelGroup group : ChannelGraph.of(NetworkView.of(network)).groups()) {
            String layer = group.producers().get(0);
            if (!List.of(ignored).contains(layer)) {
                pruner.layer(layer, 1 - Math.floor(KEPT * group.width()) / group.width());
            }
        }
        return pruner;
    }

    /** One line a criterion: test accuracy as pruned and after training, mean and deviation over the seeds. */
    static String text(MeasuredRows rows) {
        StringBuilder text = new StringBuilder("| criterion | pruned | after an epoch |\n|---|---|---|\n");
        for (Map.Entry<String, Map<Long, double[]>> criterion : rows.all().entrySet()) {
            var values = criterion.getValue().values();
            Spread pruned = Spread.of(values.stream().mapToDouble(row -> row[0]).toArray());
            Spread tuned = Spread.of(values.stream().mapToDouble(row -> row[1]).toArray());
            text.append("| ")
                    .append(criterion.getKey())
                    .append(" | ")
                    .append(pruned)
                    .append(" | ")
                    .append(tuned)
                    .append(" |\n");
        }
        return text.toString();
    }
}
