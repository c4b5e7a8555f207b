package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Runs that are killed, and what goes on from their checkpoints. */
class ResumedTrainingTest extends TrainingFixture {
    private Path checkpoint() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);
        return folder.resolve("a result-checkpoint-7.zip");
    }

    @Test
    void a_killed_run_ends_as_an_uninterrupted_one() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 1);
        INDArray expected = ModelFile.read(out).network().params();
        // 36 training images in batches of 8: five iterations an epoch
        List<Integer> within = List.of(3, 7, 10, 11);

        for (int iteration : within) {
            Path checkpoint = folder.resolve("a result-checkpoint-" + iteration + ".zip");
            JsonNode json = train(DYNAMIC, "--resume", checkpoint);

            assertThat(ModelFile.read(out).network().params()).isEqualTo(expected);
            assertThat(json.get("epochs")).hasSize(3);
        }
    }

    @Test
    void a_checkpoint_is_a_model_that_plain_dl4j_opens() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);

        Path checkpoint = folder.resolve("a result-checkpoint-7.zip");
        assertThat(ModelSerializer.restoreMultiLayerNetwork(checkpoint.toFile()).getIterationCount())
                .isEqualTo(7);
        assertThat(folder.resolve("a result-checkpoint-14.zip")).exists();
        assertThat(folder.resolve("a result-checkpoint-8.zip")).doesNotExist();
    }

    @Test
    void only_a_checkpoint_of_the_same_configuration_goes_on() throws IOException {
        Path checkpoint = checkpoint();
        Path config = config(DYNAMIC.replace("sparsity: 0.5", "sparsity: 0.6"));

        Ran.of("train", model, "--config", config, "--data", data, "--out", out, "--resume", checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run with the same configuration: sparsity was 0.5 and is now 0.6");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out, "--resume", model)
                .refused("dl4j-prune: file \"" + model
                        + "\" must be a checkpoint of train, got a model without the state of a run");
    }

    @Test
    void a_checkpoint_without_the_state_of_the_updater_is_refused() throws IOException {
        Path checkpoint = checkpoint();
        Path robbed = folder.resolve("robbed.zip");
        ModelFile.write(robbed, ModelFile.read(checkpoint), UpdaterState.LEFT_OUT);

        Ran.of("train", model, "--config", config(DYNAMIC), "--data", data, "--out", out, "--resume", robbed)
                .refused("dl4j-prune: checkpoint \"" + robbed
                        + "\" must hold the state of the updater (updaterState.bin), got none");
    }

    @Test
    void a_checkpoint_of_another_model_or_of_other_images_is_refused() throws IOException {
        Path checkpoint = checkpoint();
        Path others = Samples.cifar(folder.resolve("others"));
        Path batch = others.resolve("data_batch_1.bin");
        byte[] images = Files.readAllBytes(batch);
        images[0] = (byte) ((images[0] + 1) % 10); // another label
        Files.write(batch, images);

        Ran.of("train", out, "--config", config(DYNAMIC), "--data", data, "--out", out, "--resume", checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run that began with this MODEL, got one of another");
        Ran.of(
                        "train",
                        model,
                        "--config",
                        config(DYNAMIC),
                        "--data",
                        "cifar10:" + others,
                        "--out",
                        out,
                        "--resume",
                        checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run on these training images, got one on others");
    }
}
