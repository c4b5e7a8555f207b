package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;

class KilledTrainingTest {
    private static final int BATCHES = 5;
    private static final int MORE = 4;

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void a_killed_process_leaves_checkpoints_from_which_training_goes_on_bit_for_bit()
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        while (child.isAlive() && newest() < 7) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        int iteration = newest();
        assertThat(iteration).isGreaterThanOrEqualTo(7);

        PruningListener resumed = Training.listener();
        ComputationGraph network =
                (ComputationGraph) PruningCheckpoints.resume(ModelFile.read(Training.file(folder, iteration)), resumed);
        SeededIterations.attach(network, 3);
        Training.run(network, iteration, iteration + MORE);

        PruningListener listener = Training.listener();
        ComputationGraph uninterrupted = Training.network(listener);
        Training.run(uninterrupted, 0, iteration + MORE);
        assertThat(network.params()).isEqualTo(uninterrupted.params());
        assertThat(network.getUpdater().getStateViewArray())
                .isEqualTo(uninterrupted.getUpdater().getStateViewArray());
        assertThat(resumed.state()).isEqualTo(listener.state());
    }

    private int newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zip"))
                    .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
        }
    }

    /** What the child process runs until it is killed. */
    static final class Training {
        private static final List<DataSet> DATA = SmallNetworks.data(BATCHES, 8);

        private Training() {}

        public static void main(String... arguments) {
            PruningListener listener = listener();
            ComputationGraph network = network(listener);
            network.addListeners(new PruningCheckpoints.Builder()
                    .listener(listener)
                    .every(1)
                    .files(iteration -> file(Path.of(arguments[0]), iteration))
                    .build());
            run(network, 0, 100_000);
        }

        static Path file(Path folder, int iteration) {
            return folder.resolve("checkpoint-" + iteration + ".zip");
        }

        static PruningListener listener() {
            return new DynamicPruningListener.Builder()
                    .granularity(Granularity.WEIGHT)
                    .schedule(new LinearSparsity(0.8, new Steps(ScheduleType.ITERATION, 0, 1000, 2)))
                    .build();
        }

        static ComputationGraph network(PruningListener listener) {
            ComputationGraph network = SmallNetworks.graph(
                    SmallNetworks.builder(new Adam(0.01)).dropOut(0.8).l2(1e-3), CNN2DFormat.NCHW);
            listener.attach(network);
            SeededIterations.attach(network, 3);
            return network;
        }

        static void run(ComputationGraph network, int from, int to) {
            for (int i = from; i < to; i++) {
                network.fit(DATA.get(i % BATCHES));
            }
        }
    }
}
