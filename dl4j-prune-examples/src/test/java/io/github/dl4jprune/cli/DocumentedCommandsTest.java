package io.github.dl4jprune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.dl4jprune.testing.Documentation;
import io.github.dl4jprune.testing.Documentation.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of the command line in README.md and under docs: in blocks of commands, and between back-quotes, where a command may
 * be named alone. In this package for the sake of {@code RootCommand}.
 */
class DocumentedCommandsTest {
    private static final Pattern CALL =
            Pattern.compile("^(?:\\$ )?(?:\\w+=\\S+ )*\\./dl4j-prune\\b(.*)$", Pattern.MULTILINE);

    /** A word of a command: quoted, or up to a blank. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static List<Excerpt> calls() {
        return Documentation.pages().stream()
                .flatMap(page -> Stream.concat(
                        Documentation.blocks(page).stream()
                                .filter(block ->
                                        List.of("", "bash", "console", "sh").contains(block.language())),
                        Documentation.phrases(page).stream()))
                .flatMap(excerpt -> CALL.matcher(excerpt.text().replaceAll("\\\\\\n\\s*", ""))
                        .results()
                        .map(call -> call.group(1).replaceFirst("\\s(#|\\||&&|>|2>).*$", ""))
                        .map(call -> new Excerpt(excerpt.page(), excerpt.line(), "", call.strip())))
                .filter(call -> !call.text().contains("...") && !call.text().contains("COMMAND"))
                .filter(call -> !call.text().isEmpty())
                .toList();
    }

    @Test
    void the_command_lines_of_the_readme_are_found() {
        assertThat(calls())
                .filteredOn(call -> call.page().equals("README.md"))
                .extracting(Excerpt::text)
                .anyMatch(text -> text.startsWith("prune "))
                .anyMatch(text -> text.startsWith("train "));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void every_call_is_understood(Excerpt call) {
        String[] words = words(call.text());
        boolean named = !words[0].startsWith("-");
        List<String> parsed = List.of(named && words.length == 1 ? new String[] {words[0], "--help"} : words);

        if (named) {
            assertThat(RootCommand.forArguments("--help").getSubcommands()).containsKey(words[0]);
        }
        assertThatCode(() -> RootCommand.forArguments(words).parseArgs(parsed.toArray(String[]::new)))
                .as(call + ": " + call.text())
                .doesNotThrowAnyException();
    }

    /** The arguments; N stands for a number. */
    private static String[] words(String call) {
        List<String> words = new ArrayList<>();
        WORD.matcher(call.replaceAll(" N(?= |$)", " 1")).results().forEach(word -> {
            String quoted = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(quoted == null ? word.group(3) : quoted);
        });
        return words.toArray(String[]::new);
    }
}
