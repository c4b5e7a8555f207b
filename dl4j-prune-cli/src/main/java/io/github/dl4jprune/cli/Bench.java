package io.github.dl4jprune.cli;

import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Times the inference of models side by side. */
final class Bench {
    private final BenchCommand asked;

    Bench(BenchCommand asked) {
        this.asked = asked;
    }

    int run() {
        require("--batch", asked.batch);
        require("--rounds", asked.rounds);
        asked.output.check();
        for (Path file : asked.models) {
            if (!file.toString().endsWith(".zip")) {
                throw new IllegalArgumentException("bench takes DL4J model files (.zip), got \"" + file + "\"");
            }
        }
        List<SavedModel> models = asked.models.stream()
                .map(file -> asked.inputShape.applyTo(Models.open(file)))
                .toList();
        List<Runnable> contenders = models.stream().map(this::contender).toList();
        double[] medians;
        try (Progress progress = new Progress("bench", (long) asked.rounds * contenders.size())) {
            medians = new InterleavedTiming(asked.rounds).medianMillis(contenders, progress::step);
        }
        List<Row> rows = rows(models, medians);
        asked.output.finish(table(rows), Map.of("models", rows));
        return 0;
    }

    private static void require(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be >= 1, got " + value);
        }
    }

    private Runnable contender(SavedModel model) {
        NetworkView<?> network = NetworkView.of(model.network());
        INDArray[] input = ModelInputs.random(model, asked.batch, asked.seed);
        return () -> network.output(input);
    }

    private List<Row> rows(List<SavedModel> models, double[] medians) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < medians.length; i++) {
            rows.add(new Row(
                    asked.models.get(i).toString(),
                    asked.batch,
                    medians[i],
                    1000 * asked.batch / medians[i],
                    Models.cost(models.get(i)).macs(),
                    medians[0] / medians[i]));
        }
        return rows;
    }

    private static String table(List<Row> rows) {
        return Table.of(
                rows,
                List.of(
                        Table.words("model", Row::model),
                        Table.count("batch", Row::batch),
                        Table.decimal("median ms", Row::medianMillis),
                        Table.decimal("examples/s", Row::examplesPerSecond),
                        Table.count("MACs", Row::macs),
                        Table.decimal("times as fast as the first", Row::speedup)));
    }

    /** One model of the JSON result. */
    record Row(String model, int batch, double medianMillis, double examplesPerSecond, long macs, double speedup) {}
}
