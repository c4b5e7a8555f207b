package io.github.dl4jprune.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class LatencyCacheTest {
    private static final TimedLayer DENSE = dense("first");

    @TempDir
    private Path folder;

    private final List<String> measured = new ArrayList<>();
    private final LayerTime time = (layer, in, out) -> {
        measured.add(in + "x" + out);
        return in * 100 + out;
    };

    @Test
    void a_point_is_measured_once_even_by_later_runs() {
        Path file = folder.resolve("not/yet/there.json");

        try (LatencyCache cache = new LatencyCache(time, file)) {
            cache.millis(DENSE, 3, 4);
            cache.millis(DENSE, 3, 4);
        }
        try (LatencyCache cache = new LatencyCache(time, file)) {
            assertThat(cache.millis(dense("second"), 3, 4)).isEqualTo(304);
            assertThat(cache.millis(DENSE, 4, 3)).isEqualTo(403);
        }

        assertThat(measured).containsExactly("3x4", "4x3");
        assertThat(file).exists();
    }

    @Test
    void what_was_measured_in_this_run_is_measured_again_in_turn_and_the_median_counts() {
        Path file = folder.resolve("times.json");
        List<Double> values =
                new ArrayList<>(List.of(9.0, 1.0, 4.0, 2.0, 5.0, 3.0, 6.0, 1.0, 7.0, 1.0, 3.0, 1.0, 2.0, 1.0));
        LayerTime varying = (layer, in, out) -> {
            measured.add(in + "x" + out);
            return values.remove(0);
        };
        List<String> progress = new ArrayList<>();

        try (LatencyCache cache = new LatencyCache(varying, file)) {
            cache.millis(DENSE, 3, 4);
            cache.millis(DENSE, 4, 3);

            assertThat(cache.settle((done, all) -> progress.add(done + " of " + all)))
                    .isTrue();
            assertThat(cache.settle((done, all) -> {})).isFalse();
            assertThat(cache.millis(DENSE, 3, 4)).isEqualTo(5); // of 9 4 5 6 7 3 2
            assertThat(cache.millis(DENSE, 4, 3)).isEqualTo(1);
        }

        assertThat(measured).startsWith("3x4", "4x3", "3x4", "4x3").hasSize(14);
        assertThat(progress).hasSize(12).startsWith("1 of 12").endsWith("12 of 12");
        try (LatencyCache later = new LatencyCache(varying, file)) {
            assertThat(later.millis(DENSE, 3, 4)).isEqualTo(5);
            assertThat(later.settle((done, all) -> {})).as("known from a file").isFalse();
        }
    }

    @Test
    void layers_of_other_shape_are_others() {
        LatencyCache cache = new LatencyCache(time, folder.resolve("times.json"));
        TimedLayer small = new TimedLayer(convolution(), InputType.convolutional(8, 8, 3));
        TimedLayer large = new TimedLayer(convolution(), InputType.convolutional(16, 16, 3));

        cache.millis(small, 3, 4);
        cache.millis(large, 3, 4);

        assertThat(measured).containsExactly("3x4", "3x4");
        assertThat(small.key()).startsWith("ConvolutionLayer-").isNotEqualTo(large.key());
    }

    @Test
    void a_file_or_value_that_cannot_be_read_is_measured_anew() throws IOException {
        Path file = Files.writeString(folder.resolve("times.json"), "{\"" + DENSE.key() + "\": {\"1x");

        try (LatencyCache cache = new LatencyCache(time, file)) {
            assertThat(cache.millis(DENSE, 1, 2)).isEqualTo(102);
        }
        Files.writeString(file, "{\"" + DENSE.key() + "\": {\"1x2\": -1.0, \"5x6\": 7.5}}");
        try (LatencyCache cache = new LatencyCache(time, file)) {
            assertThat(cache.millis(DENSE, 1, 2)).isEqualTo(102);
            assertThat(cache.millis(DENSE, 5, 6)).isEqualTo(7.5);
        }

        assertThat(measured).containsExactly("1x2", "1x2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"DenseLayer-1\": null}"})
    void a_file_that_holds_nothing_is_measured_anew(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("times.json"), content);

        try (LatencyCache cache = new LatencyCache(time, file)) {
            assertThat(cache.millis(DENSE, 1, 2)).isEqualTo(102);
        }

        assertThat(measured).containsExactly("1x2");
    }

    @Test
    void a_file_that_cannot_be_written_is_done_without() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");

        try (LatencyCache cache = new LatencyCache(time, occupied.resolve("times.json"))) {
            assertThat(cache.millis(DENSE, 1, 2)).isEqualTo(102);
        }

        assertThat(occupied).isEmptyFile();
    }

    @Test
    void files_belong_to_a_setting() {
        LatencySetting here = LatencySetting.here(DataType.FLOAT, 4);
        LatencySetting otherBackend =
                new LatencySetting(here.machine(), here.backend() + "!", here.threads(), here.type(), 4);

        assertThat(here.fileName()).startsWith("layer-times-").endsWith("-float-batch4.json");
        assertThat(otherBackend.fileName()).isNotEqualTo(here.fileName());
        assertThat(LatencySetting.here(DataType.DOUBLE, 4).fileName()).isNotEqualTo(here.fileName());
        assertThat(LatencySetting.here(DataType.FLOAT, 4)).isEqualTo(here);
    }

    private static TimedLayer dense(String name) {
        return new TimedLayer(new DenseLayer.Builder().name(name).nIn(3).nOut(4).build(), InputType.feedForward(3));
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(4).build();
    }
}
