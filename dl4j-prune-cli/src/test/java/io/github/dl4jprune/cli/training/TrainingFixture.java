package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** A model, images and a configuration to train with. */
abstract class TrainingFixture {
    static final String DYNAMIC = """
            method: dynamic
            granularity: weight
            sparsity: 0.5
            layers: {conv1: 0.25}
            ignore: [output]
            schedule: {type: agp, unit: iteration, every: 2, end: 8}
            epochs: 3
            batch: 8
            augment: crop-flip
            updater: {type: nesterovs, learningRate: 0.02, momentum: 0.9}
            """;

    @TempDir
    Path folder;

    Path model;
    String data;
    Path out;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("a model.zip"));
        data = "cifar10:" + Samples.cifar(folder.resolve("some data"));
        out = folder.resolve("a result.zip");
    }

    Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("a config.yaml"), text);
    }

    JsonNode train(String config, Object... more) throws IOException {
        Object[] arguments = new Object[10 + more.length];
        Object[] first = {"train", model, "--config", config(config), "--data", data, "--out", out, "--json", "-"};
        System.arraycopy(first, 0, arguments, 0, 10);
        System.arraycopy(more, 0, arguments, 10, more.length);
        return Ran.of(arguments).json();
    }

    static double zeros(INDArray array) {
        return array.eq(0).castTo(array.dataType()).sumNumber().doubleValue() / array.length();
    }
}
