package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The page of {@code train --live}. */
class TrainingPageTest extends TrainingFixture {
    @Test
    void a_page_follows_the_run_and_changes_nothing() throws IOException {
        train(DYNAMIC);
        INDArray expected = ModelFile.read(out).network().params();

        Ran ran = Ran.of("train", model, "--live", "--config", config(DYNAMIC), "--data", data, "--out", out);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).matches("live view at http://127\\.0\\.0\\.1:\\d+/\\R");
        assertThat(ModelFile.read(out).network().params()).isEqualTo(expected);
    }

    @Test
    void a_page_on_a_port_that_is_taken_is_refused_before_any_work() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Ran.of("train", model, "--config", config(DYNAMIC), "--data", data, "--out", out, "--live", port)
                    .refused("dl4j-prune: port " + port
                            + " must be free for the live view, got: Address already in use");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void a_page_is_refused_where_no_mask_is_kept() throws IOException {
        Ran.of("train", model, "--config", config("{method: ista}"), "--data", data, "--out", out, "--live")
                .refused("dl4j-prune: method ista keeps no mask that --live could show: leave --live out");
    }
}
