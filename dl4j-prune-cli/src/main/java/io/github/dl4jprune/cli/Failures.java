package io.github.dl4jprune.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every failure becomes one line on standard error and an exit code; no stack trace reaches the user. */
final class Failures implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    static final int VERIFICATION_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 70;

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String message = failure instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : String.valueOf(failure.getMessage());
        command.getErr().println(oneLine(command.getCommandSpec().qualifiedName() + ": " + message));
        return BAD_INPUT;
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String what = failure.isUnknownOption() ? "unknown option" : "unknown argument";
        List<String> suggestions = failure.getSuggestions();
        CommandLine command = failure.getCommandLine();
        String hint = suggestions.isEmpty()
                ? "see " + command.getCommandSpec().qualifiedName() + " --help"
                : "did you mean " + suggestions.get(0) + "?";
        return "%s \"%s\"; %s".formatted(what, failure.getUnmatched().get(0), hint);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println(line(failure));
        return exitCode(failure);
    }

    static int exitCode(Throwable failure) {
        if (failure instanceof IllegalArgumentException) {
            return BAD_INPUT;
        }
        return INTERNAL;
    }

    static String line(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (exitCode(failure) != INTERNAL) {
            return oneLine("dl4j-prune: " + message);
        }
        if (failure instanceof OutOfMemoryError) {
            return oneLine("dl4j-prune: out of memory: " + message
                    + " (a smaller --batch needs less; DL4J_PRUNE_OPTS=-Xmx8g allows more)");
        }
        return oneLine("dl4j-prune: this is a bug in dl4j-prune: "
                + failure.getClass().getName() + ": " + message + at(failure));
    }

    private static String at(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " (at " + trace[0] + ")";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
