package io.github.dl4jprune.zoo;

import io.github.dl4jprune.PinnedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Prunes every zoo network and writes what came out as a page of the documentation. */
public final class ZooTable {
    private static final String HEAD = """
            # The model zoo at sparsity 0.5

            Every network of DL4J's zoo (M2.1) that can be built without a download, pruned by `Pruner` with its defaults: \
            L2 norm, each group of channels by itself, half of every group removed, masked and shrunk network compared. \
            NASNet is missing because its configuration cannot be built (DL4J issue 7319).

            Weights are random, FLOAT, ten classes, the smallest input that works; biases and batch normalisations are given \
            values other than 0 and 1, and convolutions are scaled so that inputs reach the outputs, for else a forgotten \
            bias would not show. *Difference* is the largest over all outputs of two random examples, relative to the \
            largest output; softmax of an output layer is left out, as it would hide differences. Allowed are 1e-4. \
            *Channels* are the units of all layers with weights, outputs included. Parameters and multiply-adds are counted \
            as everywhere in this project, for one example of the input given.

            Written on {date} with seed {seed} by

            ```
            MAVEN_OPTS=-Xmx4g mvn -B -q test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -pl dl4j-prune-core \\
                -Dexec.classpathScope=test -Dexec.mainClass=io.github.dl4jprune.zoo.ZooTable -Dexec.args=docs/zoo.md
            ```

            `ZooTest` checks the same in every build for the small networks, and under `-Pfull` for all.

            | network | input | channels | parameters | multiply-adds | removed | difference |
            |---|---|---|---|---|---|---|
            """;

    private static final String PINS = """

            ## What cannot be removed, and why

            All other channels can. A layer is named with what pins its channels, and where.

            | network | layer | reason |
            |---|---|---|
            """;

    private ZooTable() {}

    /**
     * Writes the page.
     *
     * @param arguments the file to write
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        List<String> rows = new ArrayList<>();
        List<String> pins = new ArrayList<>();
        for (ZooNetwork network : ZooNetwork.values()) {
            ZooRun run = ZooRun.of(network);
            rows.add(row(run));
            run.result().unprunable().forEach(pin -> pins.add(row(network, pin)));
            System.out.print(rows.get(rows.size() - 1));
        }
        String head = HEAD.replace("{date}", LocalDate.now(ZoneOffset.UTC).toString())
                .replace("{seed}", String.valueOf(ZooRun.SEED));
        Files.writeString(file, head + String.join("", rows) + PINS + String.join("", pins));
    }

    private static String row(ZooRun run) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d → %,d | %,d → %,d | %,d → %,d | %.1f %% | %.1e |%n",
                run.network().title(),
                run.network().input(),
                sum(run.widthsBefore().values()),
                sum(run.widthsAfter().values()),
                run.result().before().parameters(),
                run.result().after().parameters(),
                run.result().before().macs(),
                run.result().after().macs(),
                100 * run.macsRemoved(),
                run.difference());
    }

    private static String row(ZooNetwork network, PinnedLayer pin) {
        String reason = pin.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String detail = pin.detail().isEmpty() ? "" : ": " + pin.detail();
        return String.format(Locale.ROOT, "| %s | %s | %s%s |%n", network.title(), pin.layer(), reason, detail);
    }

    private static long sum(Collection<Long> widths) {
        return widths.stream().mapToLong(Long::longValue).sum();
    }
}
