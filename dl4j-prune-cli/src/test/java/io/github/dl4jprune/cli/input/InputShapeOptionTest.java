package io.github.dl4jprune.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** A shape that cannot pass the network is refused by every command that takes one. */
class InputShapeOptionTest {
    @TempDir
    private Path folder;

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("inspect"),
                List.of("prune", "--criterion", "l1", "--sparsity", "0.5", "--out", "OUT"),
                List.of("shrink", "--out", "OUT"),
                List.of("export", "--out", "OUT.onnx"),
                List.of("bench"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_names_the_layer_that_does_not_take_it(List<String> command) {
        refuse(
                command,
                "3,64,64",
                "--input-shape 3,64,64 does not fit the network: layer \"output\" takes 7 x 7 positions, gets 15 x 15;"
                        + " a shape that fits: [3, 32, 32]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,32,32 | layer \"conv\" takes 3 channels, gets 1; a shape that fits: [3, 32, 32]",
                "3,2,2 | layer \"conv\" takes at least 5 x 5 positions, gets 2 x 2; a shape that fits: [3, 32, 32]",
                "3,32 | layer \"conv\" cannot take [3, 32]; a shape that fits: [3, 32, 32]",
                "3,0,32 | sizes are at least 1",
                "-1 | sizes are at least 1",
                "3,99999,99999 | one example has at most 2147483647 values"
            })
    void impossible_shapes(String shape, String why) {
        refuse(List.of("inspect"), shape, "--input-shape " + shape + " does not fit the network: " + why);
    }

    @Test
    void text_that_is_no_shape() {
        refuse(
                List.of("inspect"),
                "3x32x32",
                "--input-shape must be sizes between commas, such as 3,32,32, got \"3x32x32\"");
    }

    @Test
    void images_of_another_size_do_not_fit_either() {
        Ran ran = Ran.of("evaluate", model(InputType.convolutional(28, 28, 3)), "--data", "embedded", "--examples", 4);

        ran.refused("dl4j-prune: images of 3 x 32 x 32 do not fit the network, whose input is [3, 28, 28]");
    }

    private void refuse(List<String> command, String shape, String line) {
        List<Object> arguments = new ArrayList<>();
        for (String part : command) {
            arguments.add(part.startsWith("OUT") ? folder.resolve(part) : part);
        }
        arguments.add(1, model(InputType.convolutional(32, 32, 3)));
        arguments.add("--input-shape=" + shape);

        Ran.of(arguments.toArray()).refused("dl4j-prune: " + line);

        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    /** A convolution and a dense end, in a file that does not say what it takes. */
    private Path model(InputType input) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .name("conv")
                        .stride(4, 4)
                        .nOut(4)
                        .build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(input)
                .build());
        network.init();
        Path file = folder.resolve("model.zip");
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.LEFT_OUT);
        return file;
    }
}
