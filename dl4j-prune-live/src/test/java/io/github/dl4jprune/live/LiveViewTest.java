package io.github.dl4jprune.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jprune.listeners.SoftPruningListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class LiveViewTest {
    private static JsonNode data(LiveView view) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(view.address().resolve("data")).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private static INDArray trained(boolean seen) throws IOException, InterruptedException {
        MultiLayerNetwork network = SmallRun.network();
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        if (seen) {
            try (LiveView view = LiveView.on(0, soft)) {
                network.addListeners(view.listener());
                network.fit(SmallRun.data(), 3);
                data(view);
                network.fit(SmallRun.data(), 3);
            }
        } else {
            network.fit(SmallRun.data(), 6);
        }
        return network.params();
    }

    @Test
    void training_comes_to_the_same_with_a_view_and_without() throws IOException, InterruptedException {
        assertThat(trained(true)).isEqualTo(trained(false));
    }

    @Test
    void a_run_can_be_read_while_it_goes_on() throws IOException, InterruptedException {
        MultiLayerNetwork network = SmallRun.network();
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        try (LiveView view = LiveView.on(0, soft)) {
            network.addListeners(view.listener());

            network.fit(SmallRun.data());
            JsonNode first = data(view);
            network.fit(SmallRun.data());
            view.accuracy(0.75);
            JsonNode second = data(view);

            assertThat(first.get("iteration").asInt()).isEqualTo(4);
            assertThat(second.get("iteration").asInt()).isEqualTo(8);
            assertThat(second.get("losses")).hasSize(8);
            assertThat(second.get("pruning").get("reached").asDouble()).isEqualTo(soft.sparsity());
            assertThat(second.get("layers").get(1).toString())
                    .startsWith("{\"name\":\"second\",\"size\":6,\"asked\":0.5,\"reached\":0.5,\"returned\":");
            assertThat(second.get("accuracies").toString()).isEqualTo("[[8.0,0.75]]");
        }
    }

    @Test
    void training_goes_on_after_the_view_is_closed() {
        MultiLayerNetwork network = SmallRun.network();
        LiveView view = LiveView.on(0);
        network.addListeners(view.listener());
        view.close();
        view.close();

        network.fit(SmallRun.data());

        assertThat(network.getIterationCount()).isEqualTo(SmallRun.BATCHES);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void a_port_out_of_range_is_refused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LiveView.on(port))
                .withMessage("port must be in [0, 65535], got " + port);
    }

    @Test
    void a_port_that_is_taken_is_refused() {
        try (LiveView view = LiveView.on(0)) {
            int port = view.address().getPort();

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> LiveView.on(port))
                    .withMessageContaining("port " + port + " must be free");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void an_accuracy_out_of_range_is_refused(double value) {
        try (LiveView view = LiveView.on(0)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> view.accuracy(value))
                    .withMessage("accuracy must be in [0, 1], got " + value);
        }
    }
}
