package io.github.dl4jprune.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.models.PixelScale;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example as a user starts it, on a folder of images and a model file. */
class CommandLineTest {
    @TempDir
    Path folder;

    private String data = "";

    /** The main method of an example. */
    @FunctionalInterface
    private interface Program {
        void run(String[] arguments) throws IOException;
    }

    @BeforeEach
    void images() throws IOException {
        TinyCifar.write(folder);
        data = "cifar10:" + folder;
    }

    private String model(Model network) {
        Path file = folder.resolve("model.zip");
        ModelFile.write(
                file,
                new SavedModel(network, PixelScale.IMAGENET.normalizer(), InputShapes.of(new long[] {3, 32, 32})),
                UpdaterState.SAVED);
        return file.toString();
    }

    private static String printed(Program program, String... arguments) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, UTF_8));
        try {
            program.run(arguments);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8);
    }

    @Test
    void static_pruning_tells_the_sparsity_of_every_layer() throws IOException {
        String printed = printed(Vgg16StaticPruning::main, data, model(SmallImages.vgg16()));

        assertThat(printed).contains("epoch 5: ", "f.0_W: 0.5000", "f.20_W: 0.7999", "fc1_W: 0.9893");
    }

    @Test
    void dynamic_pruning_tells_the_sparsity_of_every_layer() throws IOException {
        String printed = printed(Vgg16DynamicPruning::main, data, model(SmallImages.vgg16()));

        assertThat(printed).contains("epoch 9: ", "f.20_W: 0.8307", "fc1_W: 0.9805");
    }

    @Test
    void soft_pruning_tells_how_many_filters_came_back() throws IOException {
        String printed = printed(Vgg16SoftPruning::main, data, model(SmallImages.vgg16()));

        assertThat(printed).contains("epoch 9: ", " filters came back");
    }

    @Test
    void the_geometric_median_writes_a_smaller_network() throws IOException {
        Path small = folder.resolve("small.zip");

        String printed = printed(ResNet20GeometricMedian::main, data, model(SmallImages.resnet8()), small.toString());

        assertThat(printed).contains("epoch 5: ", "layer1.0.conv1");
        assertThat(ModelFile.read(small).network().numParams())
                .isLessThan(SmallImages.resnet8().numParams() / 2);
    }

    @Test
    void slimming_tells_the_accuracy_of_its_stages() throws IOException {
        String printed = printed(NetworkSlimming::main, data, model(SmallImages.vgg16()));

        assertThat(printed).contains("with the penalty: 61190 parameters", "pruned: ", "trained on: ");
    }

    @Test
    void pruning_and_shrinking_writes_a_smaller_network() throws IOException {
        Path small = folder.resolve("small.zip");

        String printed = printed(PruneAndShrink::main, data, model(SmallImages.vgg16()), small.toString());

        assertThat(printed).contains("step 0: ", "step 1: ");
        assertThat(ModelFile.read(small).network().numParams()).isLessThanOrEqualTo(61_190);
    }

    @Test
    void a_finished_run_has_nothing_left_to_do_but_what_follows_its_last_checkpoint() throws IOException {
        String checkpoint = folder.resolve("checkpoint.zip").toString();
        String model = model(SmallImages.vgg16());

        String first = printed(ResumeAfterKill::main, data, model, checkpoint);
        String second = printed(ResumeAfterKill::main, data, model, checkpoint);

        assertThat(first).contains("0 of 5 iterations are done");
        assertThat(second).contains("4 of 5 iterations are done");
    }

    @Test
    void two_workers_tell_the_sparsity_after_every_epoch() throws IOException {
        String printed = printed(ParallelPruning::main, data, model(SmallImages.vgg16()));

        assertThat(printed).contains("epoch 5: 50.00 % of the weights are 0");
    }

    @Test
    void a_sweep_prints_a_table_of_all_candidates() throws IOException {
        String printed = printed(
                ArbiterSweep::main,
                data,
                model(SmallImages.vgg16()),
                folder.resolve("sweep").toString());

        assertThat(printed.lines().filter(line -> line.contains("{shallow=")).count())
                .isEqualTo(20);
        assertThat(folder.resolve("sweep").resolve("candidate-19.json")).exists();
    }
}
