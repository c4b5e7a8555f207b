package io.github.dl4jprune.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help must not wait for ND4J, whose start takes seconds: none of its classes may load before the arguments are read. */
class QuickStartTest {
    static List<String> commands() {
        return CommandLineTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_loads_no_class_of_nd4j(String command) throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.github.dl4jprune.cli.Main",
                        command,
                        "--help")
                .redirectErrorStream(true)
                .start();
        List<String> lines =
                new String(java.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertThat(lines).anyMatch(line -> line.contains("Usage: dl4j-prune " + command));
        assertThat(lines).noneMatch(line -> line.matches(".* org\\.(nd4j|deeplearning4j|bytedeco|datavec)\\..*"));
    }
}
