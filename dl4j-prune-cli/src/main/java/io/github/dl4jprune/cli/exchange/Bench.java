package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.OnnxFile;
import io.github.dl4jprune.cost.InterleavedTiming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times the inference of models side by side. */
final class Bench {
    private static final int MOST_ROUNDS = 1_000_000; // every run is kept for the median
    private final BenchCommand asked;

    Bench(BenchCommand asked) {
        this.asked = asked;
    }

    int run() {
        Batch batch = new Batch("--batch", asked.batch);
        requireRounds();
        asked.output.check();
        for (Path file : asked.models) {
            if (!file.toString().endsWith(".zip") && !OnnxFile.named(file)) {
                throw new IllegalArgumentException("bench takes .zip and .onnx files, got \"" + file + "\"");
            }
        }
        asked.output.requireEffect(
                "--input-shape", !asked.models.stream().allMatch(OnnxFile::named), "on .onnx files, which say theirs");
        List<Contender> contenders = new ArrayList<>();
        try {
            asked.models.forEach(file -> contenders.add(Contender.open(file, asked, batch)));
            List<Row> rows = rows(contenders, medians(contenders));
            asked.output.finish(table(rows), Map.of("models", rows));
        } finally {
            contenders.forEach(Contender::close);
        }
        return 0;
    }

    private double[] medians(List<Contender> contenders) {
        try (Progress progress = new Progress("bench", (long) asked.rounds * contenders.size())) {
            return new InterleavedTiming(asked.rounds)
                    .medianMillis(contenders.stream().map(Contender::inference).toList(), progress::step);
        }
    }

    private void requireRounds() {
        if (asked.rounds < 1 || asked.rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("--rounds must be in [1, " + MOST_ROUNDS + "], got " + asked.rounds);
        }
    }

    private List<Row> rows(List<Contender> contenders, double[] medians) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < medians.length; i++) {
            rows.add(new Row(
                    asked.models.get(i).toString(),
                    contenders.get(i).runtime(),
                    asked.batch,
                    medians[i],
                    1000 * asked.batch / medians[i],
                    contenders.get(i).macs(),
                    medians[0] / medians[i]));
        }
        return rows;
    }

    private static String table(List<Row> rows) {
        return Table.of(
                rows,
                List.of(
                        Table.words("model", Row::model),
                        Table.words("run by", Row::runtime),
                        Table.count("batch", Row::batch),
                        Table.decimal("median ms", Row::medianMillis),
                        Table.decimal("examples/s", Row::examplesPerSecond),
                        Table.figures("MACs", Row::macsText),
                        Table.decimal("times as fast as the first", Row::speedup)));
    }

    /** One model of the JSON result. */
    record Row(
            String model,
            String runtime,
            int batch,
            double medianMillis,
            double examplesPerSecond,
            @Nullable Long macs,
            double speedup) {
        private String macsText() {
            return macs == null ? "-" : String.format(Locale.ROOT, "%,d", macs);
        }
    }
}
