package io.github.dl4jprune.cli;

import io.github.dl4jprune.surgery.VerificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every failure becomes one line on standard error and an exit code; no stack trace reaches the user. */
final class Failures implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    static final int VERIFICATION_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 70;
    private static final String OWN_CODE = "io.github.dl4jprune.";
    private static final String COMPLAINTS_OF_DL4J = "org.deeplearning4j.exception.";

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String message = failure instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : misspelt(failure, arguments).map(Failures::unmatched).orElse(String.valueOf(failure.getMessage()));
        command.getErr().println(oneLine(command.getCommandSpec().qualifiedName() + ": " + message));
        return BAD_INPUT;
    }

    /** picocli reports a required option as missing before it reports the misspelt one that was meant for it. */
    private static Optional<UnmatchedArgumentException> misspelt(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        return Arrays.stream(arguments)
                .filter(argument -> failure instanceof MissingParameterException && argument.startsWith("--"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(name -> !command.getCommandSpec().optionsMap().containsKey(name))
                .findFirst()
                .map(name -> new UnmatchedArgumentException(command, List.of(name)));
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
        if (failure instanceof VerificationException) {
            return VERIFICATION_FAILED;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return BAD_INPUT;
        }
        // of input that does not fit a layer, for instance; by name, so that nothing of DL4J loads for help
        if (failure.getClass().getName().startsWith(COMPLAINTS_OF_DL4J)) {
            return BAD_INPUT;
        }
        boolean rule = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
        return rule && thrownByUs(failure) ? BAD_INPUT : INTERNAL;
    }

    // what our own code refuses is the user's to mend; the same exception out of a library is ours
    private static boolean thrownByUs(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OWN_CODE);
    }

    static String line(Throwable failure) {
        if (exitCode(failure) != INTERNAL) {
            return oneLine("dl4j-prune: " + reason(failure));
        }
        if (failure instanceof OutOfMemoryError) {
            return oneLine("dl4j-prune: out of memory: " + failure.getMessage()
                    + " (a smaller --batch needs less; DL4J_PRUNE_OPTS=-Xmx8g allows more)");
        }
        StackTraceElement[] trace = failure.getStackTrace();
        return oneLine(
                "dl4j-prune: this is a bug in dl4j-prune: " + failure.getClass().getName() + ": " + failure.getMessage()
                        + (trace.length == 0 ? "" : " (at " + trace[0] + ")"));
    }

    private static String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
            return reason(wrapper.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "file \"" + missing.getFile() + "\" does not exist";
        }
        if (failure instanceof FileSystemException file) {
            return "file \"" + file.getFile() + "\" cannot be used: "
                    + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
        }
        return String.valueOf(failure.getMessage());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
