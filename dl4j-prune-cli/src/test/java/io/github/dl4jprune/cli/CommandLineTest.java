package io.github.dl4jprune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    static List<String> commands() {
        return List.copyOf(RootCommand.forArguments("--help").getSubcommands().keySet());
    }

    @Test
    void help_lists_all_commands() {
        Ran ran = Ran.of("--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains(commands());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_explains_itself(String command) {
        Ran ran = Ran.of(command, "--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("Usage: dl4j-prune " + command);
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_says_in_one_line_that_something_is_missing_or_unknown(String command) {
        Ran ran = Ran.of(command, "--no-such-option");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("dl4j-prune " + command + ": unknown option \"--no-such-option\"; ");
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Ran.of("--version").out().strip()).matches("dl4j-prune \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void no_command() {
        Ran.of().refused("dl4j-prune: a command must be named, one of " + String.join(", ", commands()));
    }

    @Test
    void a_misspelt_command() {
        Ran.of("evalute", "x.zip").refused("dl4j-prune: unknown argument \"evalute\"; did you mean evaluate?");
    }

    @Test
    void a_misspelt_option() {
        Ran.of("evaluate", "x.zip", "--date=embedded")
                .refused("dl4j-prune evaluate: unknown option \"--date\"; did you mean --data?");
    }

    @Test
    void a_missing_option() {
        Ran.of("evaluate", "x.zip").refused("dl4j-prune evaluate: Missing required option: '--data=DATA'");
    }

    @Test
    void a_value_that_is_no_number() {
        Ran.of("bench", "x.zip", "--batch", "many")
                .refused("dl4j-prune bench: Invalid value for option '--batch': 'many' is not an int");
    }

    @Test
    void a_model_that_is_not_there() {
        Ran.of("bench", "none.zip").refused("dl4j-prune: model file \"none.zip\" does not exist");
    }
}
