package io.github.dl4jprune.examples.tables;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.ScheduledBuilder;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.schedule.AsymptoticSparsity;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.LogarithmicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.TrainingStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Pruning while training, hard against soft, norm against geometric median, and four schedules, under one recipe: three
 * epochs, masks changed every 50 iterations over the first two. One thing varies at a time, from hard pruning by norm
 * along AGP's schedule: hard and soft with either criterion, soft with and without the limit on returning filters, and
 * every schedule. Run with the data, a model file, the CSV file, how many seeds, how many training images, and the layers
 * to leave whole.
 */
public final class ScheduleTable {
    static final String HEADER = "setting,seed,tuned,sparsity";
    private static final double SPARSITY = 0.4;
    private static final int EPOCHS = 3;
    private static final int PRUNING_EPOCHS = 2;
    private static final int EVERY = 50;
    private static final String HARD = "hard";
    private static final String SOFT = "soft";
    private static final String PUBLISHED = "soft-as-published";
    private static final String USUAL = "agp";
    private static final double LEARNING_RATE = 0.02;
    private static final double WEIGHT_DECAY = 5e-4;
    private static final Map<String, Function<Steps, ISchedule>> SCHEDULES = schedules();

    private final Supplier<Model> network;
    private final TableImages images;
    private final String[] ignored;

    ScheduleTable(Supplier<Model> network, TableImages images, String... ignored) {
        this.network = network;
        this.images = images;
        this.ignored = ignored.clone();
    }

    private static Map<String, Function<Steps, ISchedule>> schedules() {
        Map<String, Function<Steps, ISchedule>> schedules = new LinkedHashMap<>();
        schedules.put("one-shot", steps -> new FixedSchedule(SPARSITY));
        schedules.put("log", steps -> new LogarithmicSparsity(SPARSITY, steps));
        schedules.put("agp", steps -> new CubicSparsity(0, SPARSITY, steps));
        schedules.put("asfp", steps -> new AsymptoticSparsity(SPARSITY, steps));
        return schedules;
    }

    /**
     * Measures what is missing and prints the table.
     *
     * @param arguments data, model, CSV file, seeds, training images, layers
     */
    public static void main(String[] arguments) {
        OneDnn.enable();
        Path model = Path.of(arguments[1]);
        TableImages images = TableImages.read(
                arguments[0],
                Integer.parseInt(arguments[4]),
                ModelFile.read(model).normalizer());
        MeasuredRows rows = new MeasuredRows(Path.of(arguments[2]), HEADER);
        String[] ignored = Arrays.copyOfRange(arguments, 5, arguments.length);
        Supplier<Model> network = () -> ModelFile.read(model).network();
        new ScheduleTable(network, images, ignored).measure(rows, Integer.parseInt(arguments[3]));
        System.out.print(text(rows));
    }

    /** All settings with one seed before the next seed. */
    void measure(MeasuredRows rows, int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            for (Setting setting : settings()) {
                long order = seed;
                double[] row = rows.row(setting.name(), seed, () -> measure(setting, order));
                System.out.printf(Locale.ROOT, "%s, seed %d: %.2f %%%n", setting.name(), seed, row[0]);
            }
        }
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        SCHEDULES.keySet().forEach(schedule -> settings.add(new Setting(HARD, "l2", schedule)));
        settings.add(new Setting(HARD, "geometric-median", USUAL));
        for (String kind : List.of(SOFT, PUBLISHED)) {
            settings.add(new Setting(kind, "l2", USUAL));
            settings.add(new Setting(kind, "geometric-median", USUAL));
        }
        return settings;
    }

    private double[] measure(Setting setting, long seed) {
        ImageIterator train = images.training(seed);
        PruningListener listener = listener(setting, train.batches());
        Model copy = network.get();
        listener.attach(copy);
        Model tuned = new FineTuning.Builder()
                .epochs(EPOCHS)
                .learningRate(LEARNING_RATE)
                .schedule(LearningRateSchedule.COSINE)
                .weightDecay(WEIGHT_DECAY)
                .batchesPerEpoch(train.batches())
                .seed(seed)
                .build()
                .fit(copy, train, (TrainingStatus status) -> {});
        return new double[] {images.accuracy(tuned), listener.sparsity()};
    }

    private PruningListener listener(Setting setting, int batches) {
        int end = PRUNING_EPOCHS * batches;
        if (setting.kind.equals(HARD)) {
            DynamicPruningListener.Builder hard = new DynamicPruningListener.Builder().granularity(Granularity.FILTER);
            return configured(hard, setting, end).build();
        }
        SoftPruningListener.Builder soft = new SoftPruningListener.Builder().limitReturn(setting.kind.equals(SOFT));
        return configured(soft, setting, end).build();
    }

    private <B extends ScheduledBuilder<B>> B configured(B builder, Setting setting, int end) {
        Steps steps = new Steps(ScheduleType.ITERATION, 0, end, EVERY);
        Function<Steps, ISchedule> schedule = Objects.requireNonNull(SCHEDULES.get(setting.schedule));
        return builder.criterion(Criteria.named(setting.criterion))
                .sparsity(SPARSITY)
                .ignore(ignored)
                .schedule(schedule.apply(steps))
                .unit(ScheduleType.ITERATION)
                .every(EVERY)
                .end(end);
    }

    /** A line a setting: test accuracy, mean and deviation over the seeds. */
    static String text(MeasuredRows rows) {
        StringBuilder text = new StringBuilder("| pruning | criterion | schedule | accuracy |\n|---|---|---|---|\n");
        rows.all().forEach((setting, seeds) -> {
            double[] tuned = seeds.values().stream().mapToDouble(row -> row[0]).toArray();
            text.append("| ")
                    .append(setting.replace(" ", " | "))
                    .append(" | ")
                    .append(Spread.of(tuned))
                    .append(" |\n");
        });
        return text.toString();
    }

    /** A line of the table. */
    private record Setting(String kind, String criterion, String schedule) {
        String name() {
            return kind + " " + criterion + " " + schedule;
        }
    }
}
