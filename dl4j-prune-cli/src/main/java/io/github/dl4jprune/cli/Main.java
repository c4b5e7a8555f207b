package io.github.dl4jprune.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;

/**
 * The entry of the command line. Exit codes: 0 done, 1 a verification failed, 2 bad input (one line on standard error),
 * 70 an error in dl4j-prune itself (EX_SOFTWARE of BSD's sysexits).
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command, its parameters and options
     */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.err.println(Failures.line(failure)));
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** As {@link #main}, but returns the exit code and writes where it is told to. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Failures failures = new Failures();
        try {
            return RootCommand.forArguments(arguments)
                    .setOut(out)
                    .setErr(err)
                    .setCaseInsensitiveEnumValuesAllowed(false)
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(arguments);
        } catch (VirtualMachineError | LinkageError e) { // picocli hands on exceptions only
            err.println(Failures.line(e));
            return Failures.exitCode(e);
        }
    }
}
