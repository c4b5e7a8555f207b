package io.github.dl4jprune.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;

/** The version that the build wrote into {@code dl4j-prune.properties}. */
public final class Version implements CommandLine.IVersionProvider {
    /** The version as a user reads it. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/dl4j-prune.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"dl4j-prune " + text()};
    }
}
