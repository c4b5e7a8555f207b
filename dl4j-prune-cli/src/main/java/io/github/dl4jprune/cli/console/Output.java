package io.github.dl4jprune.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's result goes: text to standard output, or one JSON object to a file or to standard output. */
@Command
public final class Output {
    private static final String STANDARD_OUTPUT = "-";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write the result as one JSON object to F; \"-\": alone to standard output.")
    private @Nullable String json;

    private final Set<String> ineffective = new HashSet<>();

    /** Refuses, before any work, a JSON file that cannot be written. */
    public void check() {
        if (json != null && !STANDARD_OUTPUT.equals(json)) {
            Path file = Path.of(json);
            for (ArgSpec argument : spec.args()) {
                paths(argument.getValue())
                        .filter(path -> same(path, file))
                        .findFirst()
                        .ifPresent(path -> {
                            throw new IllegalArgumentException("--json must name a file of its own, got that of "
                                    + name(argument) + ", \"" + path + "\"");
                        });
            }
            JsonFile.checkWritable(file);
        }
    }

    private static Stream<Path> paths(@Nullable Object value) {
        if (value instanceof Path path) {
            return Stream.of(path);
        }
        return value instanceof Collection<?> values ? values.stream().flatMap(Output::paths) : Stream.empty();
    }

    private static boolean same(Path one, Path other) {
        if (!Files.exists(one) || !Files.exists(other)) {
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        }
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints text, unless standard output is kept for JSON. */
    public void print(String text) {
        if (!STANDARD_OUTPUT.equals(json)) {
            out().println(text);
        }
    }

    /** Tells something that is no part of the result, on standard error. */
    public void tell(String text) {
        spec.commandLine().getErr().println(text);
    }

    /**
     * Refuses an option that was typed although it has no effect; where it was not, its default is no part of what was asked.
     *
     * @param option its name, with dashes
     * @param effective whether it has one
     * @param reason what it goes with, such as {@code "without --data"}
     */
    public void requireEffect(String option, boolean effective, String reason) {
        if (!effective && typed(option)) {
            throw new IllegalArgumentException(option + " has no effect " + reason);
        }
        if (!effective) {
            ineffective.add(option.replaceFirst("^--", ""));
        }
    }

    /** As {@link #requireEffect}, for an option that scripts may pass always: only tells of it. */
    public void noteEffect(String option, boolean effective, String reason) {
        if (!effective && typed(option)) {
            note(option + " has no effect " + reason);
        }
    }

    /** Tells, on standard error, of something that the user may not have meant. */
    public void note(String text) {
        tell("dl4j-prune: " + text);
    }

    private boolean typed(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** Prints the text, and the JSON if it was asked for. */
    public void finish(String text, Map<String, ?> result) {
        print(text);
        if (json == null) {
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", spec.name());
        object.put("arguments", arguments());
        object.put("version", Version.text());
        object.putAll(result);
        try {
            if (json.equals(STANDARD_OUTPUT)) {
                out().println(JsonFile.text(object));
            } else {
                JsonFile.write(Path.of(json), object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What was asked, by the names that the user types: defaults included, except where they have no effect. */
    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (ArgSpec argument : spec.args()) {
            Object value = argument.getValue();
            if (value != null && !isHelp(argument) && !ineffective.contains(name(argument))) {
                arguments.put(name(argument), value);
            }
        }
        return arguments;
    }

    private static boolean isHelp(ArgSpec argument) {
        return argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName().replaceFirst("^--", "")
                : argument.paramLabel();
    }
}
