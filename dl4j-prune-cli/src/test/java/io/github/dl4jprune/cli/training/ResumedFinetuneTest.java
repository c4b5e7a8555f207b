package io.github.dl4jprune.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Runs of {@code finetune} that are killed, and what goes on from their checkpoints. */
class ResumedFinetuneTest extends TrainingFixture {
    // 36 training images in batches of 8: five iterations an epoch
    private static final Object[] RUN = {
        "--epochs", 2, "--batch", 8, "--augment", "crop-flip", "--recalibrate-bn", 2, "--seed", 3
    };

    private Ran finetune(Object... more) {
        return Ran.of(Stream.of(
                        Stream.<Object>of("finetune", model, "--data", data, "--teacher", model, "--out", out),
                        Stream.of(RUN),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray());
    }

    private Path checkpoint(int iteration) {
        return folder.resolve("a result-checkpoint-" + iteration + ".zip");
    }

    @Test
    void a_killed_run_ends_as_an_uninterrupted_one() throws IOException {
        JsonNode whole = finetune("--json", "-", "--checkpoint-every", 1).json();
        byte[] expected = Files.readAllBytes(out);

        for (int iteration : List.of(1, 4, 5, 6, 10)) {
            JsonNode rest =
                    finetune("--json", "-", "--resume", checkpoint(iteration)).json();

            assertThat(Files.readAllBytes(out)).isEqualTo(expected);
            assertThat(rest.get("epochs")).isEqualTo(whole.get("epochs"));
        }
    }

    @Test
    void another_dropout_rate_goes_on_with_the_run_and_may_not_change_in_it() throws IOException {
        MultiLayerNetwork dropping = (MultiLayerNetwork) ModelFile.read(model).network();
        int last = dropping.getnLayers() - 1;
        dropping.getLayer(last).conf().getLayer().setIDropout(new Dropout(0.5));
        Path file = folder.resolve("dropping.zip");
        ModelFile.write(file, ModelFile.read(model).withNetwork(dropping), UpdaterState.LEFT_OUT);
        Object[] run = {"finetune", file, "--data", data, "--out", out, "--epochs", 2, "--batch", 8, "--seed", 3};
        Ran.of(with(run, "--dropout", 0.25, "--checkpoint-every", 4));
        byte[] expected = Files.readAllBytes(out);

        Ran.of(with(run, "--dropout", 0.25, "--resume", checkpoint(4)));

        assertThat(Files.readAllBytes(out)).isEqualTo(expected);
        MultiLayerNetwork trained = (MultiLayerNetwork) ModelFile.read(out).network();
        assertThat(trained.getLayer(last).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.75));
        Ran.of(with(run, "--dropout", 0.5, "--resume", checkpoint(4)))
                .refused("dl4j-prune: checkpoint \"" + checkpoint(4)
                        + "\" must be of a run with the same options: --dropout was 0.25 and is now 0.5");
    }

    @Test
    void zeros_of_a_pruned_model_are_kept_on_request_over_a_kill_as_well() throws IOException {
        MultiLayerNetwork pruned = (MultiLayerNetwork) ModelFile.read(model).network();
        INDArray weights = pruned.getLayer(0).getParam("W");
        weights.muli(weights.gt(0).castTo(weights.dataType()));
        INDArray zeros = weights.eq(0).dup();
        Path file = folder.resolve("pruned.zip");
        ModelFile.write(file, ModelFile.read(model).withNetwork(pruned), UpdaterState.LEFT_OUT);
        Object[] run = {"finetune", file, "--data", data, "--out", out, "--epochs", 2, "--batch", 8, "--teacher", model
        };

        Ran.of(with(run));
        assertThat(weightsOf(out).eq(0).any()).isFalse();
        Ran.of(with(run, "--keep-zeros", "--checkpoint-every", 4));
        byte[] expected = Files.readAllBytes(out);
        Ran.of(with(run, "--keep-zeros", "--resume", checkpoint(4)));

        assertThat(weightsOf(out).eq(0)).isEqualTo(zeros);
        assertThat(weightsOf(out)).isNotEqualTo(weights);
        assertThat(Files.readAllBytes(out)).isEqualTo(expected);
        Ran.of(with(run, "--resume", checkpoint(4)))
                .refused("dl4j-prune: checkpoint \"" + checkpoint(4)
                        + "\" must be of a run with the same options: --keep-zeros was yes and is now not set");
    }

    private static INDArray weightsOf(Path file) {
        return ((MultiLayerNetwork) ModelFile.read(file).network()).getLayer(0).getParam("W");
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
    }

    @Test
    void a_run_with_checkpoints_ends_as_one_without() throws IOException {
        finetune();
        byte[] expected = Files.readAllBytes(out);

        finetune("--checkpoint-every", 3);

        assertThat(Files.readAllBytes(out)).isEqualTo(expected);
    }

    @Test
    void a_checkpoint_is_a_model_that_plain_dl4j_opens() throws IOException {
        finetune("--checkpoint-every", 4);

        MultiLayerNetwork opened =
                ModelSerializer.restoreMultiLayerNetwork(checkpoint(4).toFile());
        assertThat(opened.getIterationCount()).isEqualTo(4);
        assertThat(opened.getLayerWiseConfigurations().toJson()).doesNotContain("dl4jprune");
        assertThat(checkpoint(8)).exists();
        assertThat(checkpoint(5)).doesNotExist();
        assertThat(ModelFile.read(out).attachments()).isEmpty();
    }

    @Test
    void only_a_checkpoint_of_the_same_run_goes_on() throws IOException {
        finetune("--checkpoint-every", 6);
        Path checkpoint = checkpoint(6);
        String refusal = "dl4j-prune: checkpoint \"" + checkpoint + "\" must be of a run ";

        finetune("--resume", checkpoint, "--learning-rate", 0.1)
                .refused(refusal + "with the same options: --learning-rate was 0.01 and is now 0.1");
        finetune("--resume", checkpoint, "--examples", 30)
                .refused(refusal + "on these training images, got one on others");
        finetune("--resume", out)
                .refused("dl4j-prune: file \"" + out
                        + "\" must be a checkpoint of finetune, got a model without the state of a run");
        finetune("--checkpoint-every", -1).refused("dl4j-prune: --checkpoint-every must be at least 0, got -1");
    }

    @Test
    void no_checkpoint_is_written_over_what_the_run_reads() throws IOException {
        Path earlier = Files.copy(model, checkpoint(2));
        byte[] before = Files.readAllBytes(earlier);

        Ran.of("finetune", earlier, "--data", data, "--epochs", 1, "--out", out, "--checkpoint-every", 2)
                .refused("dl4j-prune: MODEL must not have the name of a checkpoint of this run, got \"" + earlier
                        + "\": rename it, or name another --out");
        finetune("--checkpoint-every", 2, "--teacher", earlier);

        assertThat(Files.readAllBytes(earlier)).isEqualTo(before);
        assertThat(out).doesNotExist();
    }

    @Test
    void a_checkpoint_whose_position_was_damaged_is_refused() throws IOException {
        finetune("--checkpoint-every", 7);
        SavedModel whole = ModelFile.read(checkpoint(7));
        String run = new String(whole.attachments().get(RunCheckpoints.RUN), UTF_8);
        Path damaged = folder.resolve("damaged.zip");

        ModelFile.write(
                damaged,
                whole.withAttachment(
                        RunCheckpoints.RUN,
                        run.replace("\"batch\" : 2", "\"batch\" : \"x\"").getBytes(UTF_8)),
                UpdaterState.SAVED);
        finetune("--resume", damaged).refused("dl4j-prune: checkpoint must say epoch, batch and lossSum in numbers");
        ModelFile.write(
                damaged,
                whole.withAttachment(
                        RunCheckpoints.RUN,
                        run.replace("\"batch\" : 2", "\"batch\" : 5").getBytes(UTF_8)),
                UpdaterState.SAVED);
        finetune("--resume", damaged)
                .refused("dl4j-prune: checkpoint \"" + damaged
                        + "\" must lie within 2 epochs of 5 iterations, got epoch 1, iteration 5");
    }

    @Test
    void a_network_that_does_not_fit_the_classes_is_refused_before_it_trains() throws IOException {
        MultiLayerNetwork five = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder()
                        .nOut(5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(32, 32, 3))
                .build());
        five.init();
        ModelFile.write(model, new SavedModel(five, null, InputShapes.of(new long[] {3, 32, 32})), UpdaterState.SAVED);
        String refusal = "dl4j-prune: outputs and labels must both be [examples, classes], got [1, 5] and [1, 10]";

        Ran.of("finetune", model, "--data", data, "--epochs", 1, "--out", out).refused(refusal);
        Ran.of(
                        "train",
                        model,
                        "--config",
                        config(DYNAMIC.replace("layers: {conv1: 0.25}", "layers: {}")
                                .replace("ignore: [output]", "ignore: []")),
                        "--data",
                        data,
                        "--out",
                        out)
                .refused(refusal);

        assertThat(out).doesNotExist();
    }

    @Test
    void a_checkpoint_of_train_is_refused() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);

        finetune("--resume", checkpoint(7))
                .refused("dl4j-prune: checkpoint \"" + checkpoint(7) + "\" must be of finetune, got one of train");
    }
}
