package io.github.dl4jprune.datasets;

/**
 * Data that cannot be read: the message is one line that says what, which file, what was found and what is allowed.
 */
public final class DataSourceException extends IllegalArgumentException {
    /**
     * A broken rule.
     *
     * @param message one line: subject, rule and value
     */
    public DataSourceException(String message) {
        super(message);
    }

    /**
     * A broken rule that another exception revealed.
     *
     * @param message one line: subject, rule and value
     * @param cause what was thrown
     */
    public DataSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
