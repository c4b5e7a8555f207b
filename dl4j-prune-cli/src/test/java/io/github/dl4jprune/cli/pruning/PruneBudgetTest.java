package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;

/** {@code prune} under a budget. */
class PruneBudgetTest extends PruningFixture {
    @Test
    void a_budget_is_kept() {
        JsonNode json = prune("--criterion", "l1", "--macs", "0.8", "--parameters", "0.9", "--scope", "global");

        assertThat(json.get("after").get("macs").asDouble())
                .isLessThanOrEqualTo(0.8 * json.get("before").get("macs").asDouble());
        assertThat(json.get("after").get("parameters").asDouble())
                .isLessThanOrEqualTo(0.9 * json.get("before").get("parameters").asDouble());
    }

    @Test
    void a_budget_of_time_is_measured() {
        // wide enough that most of the time goes with the channels: nothing depends on how busy the machine is
        MultiLayerNetwork wide = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("first").nOut(64).build())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .name("second")
                        .nOut(64)
                        .build())
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutional(24, 24, 3))
                .build());
        wide.init();
        ModelFile.write(model, new SavedModel(wide, null, InputShapes.of(new long[] {3, 24, 24})), UpdaterState.SAVED);

        JsonNode json = prune("--criterion", "l1", "--latency", "0.5", "--latency-batch", "4", "--macs", "0.9");

        JsonNode latency = json.get("latency");
        assertThat(latency.get("batch").asInt()).isEqualTo(4);
        assertThat(latency.get("asked").asDouble()).isEqualTo(0.5);
        assertThat(latency.get("beforeMillis").asDouble()).isPositive();
        assertThat(latency.get("reached").asDouble())
                .isEqualTo(latency.get("afterMillis").asDouble()
                        / latency.get("beforeMillis").asDouble());
        assertThat(latency.get("measuredLayers").asInt()).isEqualTo(3);
        assertThat(json.get("after").get("macs").asDouble())
                .isLessThanOrEqualTo(0.9 * json.get("before").get("macs").asDouble());
    }

    @Test
    void the_whole_time_keeps_the_whole_network() {
        Ran ran = Ran.of("prune", model, "--criterion", "l1", "--latency", "1", "--out", out);

        assertThat(ran.out()).contains("(100.00 % left, 100.00 % asked, batch 1)");
    }
}
