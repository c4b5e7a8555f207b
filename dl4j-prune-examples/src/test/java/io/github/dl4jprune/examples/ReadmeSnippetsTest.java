package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.criterion.BnScale;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.GeometricMedianListener;
import io.github.dl4jprune.listeners.Penalty;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.listeners.SparsityPenaltyListener;
import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.models.VggSmall;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.LogarithmicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.PruningTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The Java of README.md's section on training and of the tutorial, compiled and run. What stands between {@code // [name]}
 * and {@code // [end]} here has to stand in the document.
 */
class ReadmeSnippetsTest {
    private final MultiLayerNetwork network =
            new VggSmall().build(new ModelOptions.Builder().seed(5).build());
    private final ImageIterator train = SmallImages.four();
    private final ImageIterator validation = SmallImages.four();

    @TempDir
    Path folder;

    private static void assertShown(Path document, String name) throws IOException {
        List<String> source =
                Files.readAllLines(Path.of("src/test/java/io/github/dl4jprune/examples", "ReadmeSnippetsTest.java"));
        int from = source.indexOf("        // [" + name + "]") + 1;
        List<String> rest = source.subList(from, source.size());
        Stream<String> snippet = rest.subList(0, rest.indexOf("        // [end]")).stream();

        assertThat(from).isPositive();
        assertThat(Files.readString(document))
                .contains("```java\n"
                        + String.join(
                                "\n", snippet.map(line -> line.substring(8)).toList()) + "\n```");
    }

    private static Path readme() {
        return Path.of("..", "README.md");
    }

    @Test
    void static_pruning() throws IOException {
        // [static]
        new StaticPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.8)
                .layer("conv1", 0.5)
                .build()
                .attach(network);
        network.fit(train, 10);
        // [end]

        assertShown(readme(), "static");
        assertThat(SmallImages.zeros(network.getLayer("conv1").getParam("W"))).isEqualTo(0.5);
    }

    @Test
    void dynamic_pruning() throws IOException {
        // [dynamic]
        Steps steps = new Steps(ScheduleType.EPOCH, 0, 8, 1);
        new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(new LogarithmicSparsity(0.75, steps)) // or CubicSparsity, or any ISchedule
                .build()
                .attach(network);
        network.fit(train, 10);
        // [end]

        assertShown(readme(), "dynamic");
        assertThat(SmallImages.zeros(network.getLayer("conv2").getParam("W"))).isEqualTo(0.75);
    }

    @Test
    void soft_pruning() throws IOException {
        // [soft]
        SoftPruningListener soft =
                new SoftPruningListener.Builder().sparsity(0.5).end(9).build();
        soft.attach(network);
        network.fit(train, 10);
        System.out.println(soft.returned() + " filters came back");
        // [end]

        assertShown(readme(), "soft");
        assertThat(SmallImages.zeros(network.getLayer("conv1").getParam("W"))).isEqualTo(0.5);
    }

    @Test
    void geometric_median() throws IOException {
        // [geometric-median]
        new GeometricMedianListener.Builder().distanceRate(0.5).build().attach(network);
        network.fit(train, 10);
        // [end]

        assertShown(readme(), "geometric-median");
        assertThat(SmallImages.zeros(network.getLayer("conv1").getParam("W"))).isEqualTo(0.5);
    }

    @Test
    void slimming() throws IOException {
        // [slimming]
        new SparsityPenaltyListener.Builder()
                .penalty(new Penalty.Slimming(1e-4))
                .build()
                .attach(network);
        network.fit(train, 10);
        MultiLayerNetwork small = Pruner.of(network)
                .criterion(new BnScale())
                .scope(Scope.GLOBAL)
                .sparsity(0.4)
                .ignore("fc") // no batch normalisation follows it
                .prune()
                .network();
        // [end]

        assertShown(readme(), "slimming");
        assertThat(small.numParams()).isLessThan(network.numParams());
    }

    @Test
    void prune_and_shrink() throws IOException {
        // [trainer]
        MultiLayerNetwork small = new PruningTrainer.Builder()
                .macs(0.5)
                .steps(5)
                .epochsPerStep(2)
                .build()
                .train(network, train, validation)
                .network();
        // [end]

        assertShown(readme(), "trainer");
        assertThat(small.numParams()).isLessThan(network.numParams() / 2);
    }

    @Test
    void tutorial() throws IOException {
        Path big = folder.resolve("big.zip");
        Path masked = folder.resolve("masked.zip");
        ModelFile.write(big, BundledModel.VGG_SMALL.read(), UpdaterState.LEFT_OUT);

        // [tutorial]
        SavedModel model = ModelFile.read(big);
        MultiLayerNetwork network = (MultiLayerNetwork) model.network();
        train.setPreProcessor(model.normalizer());
        new DynamicPruningListener.Builder()
                .schedule(new CubicSparsity(0, 0.4, new Steps(ScheduleType.ITERATION, 0, 84, 10)))
                .build()
                .attach(network);
        network.fit(train, 2);
        ModelFile.write(masked, model.withNetwork(network), UpdaterState.SAVED);
        // [end]

        assertShown(Path.of("..", "docs", "tutorials", "while-training.md"), "tutorial");
        assertThat(ModelFile.read(masked).network().params()).isEqualTo(network.params());
    }
}
