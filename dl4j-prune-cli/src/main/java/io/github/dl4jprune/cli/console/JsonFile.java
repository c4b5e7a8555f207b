package io.github.dl4jprune.cli.console;

import io.github.dl4jprune.storage.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.shade.jackson.core.util.DefaultIndenter;
import org.nd4j.shade.jackson.core.util.DefaultPrettyPrinter;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.module.SimpleModule;
import org.nd4j.shade.jackson.databind.ser.std.ToStringSerializer;

/** JSON text of maps, lists and records. */
public final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper()
            // Jackson writes a path as a file: URI; the user typed a path
            .registerModule(new SimpleModule().addSerializer(Path.class, new ToStringSerializer()));

    private JsonFile() {}

    static void checkWritable(Path file) {
        OutputFile.checkWritable(file);
    }

    /** Writes a value as JSON, whole or not at all. */
    public static void write(Path file, Object value) throws IOException {
        byte[] bytes = (text(value) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        OutputFile.write(file, out -> out.write(bytes));
    }

    /** A value as indented JSON. */
    public static String text(Object value) throws IOException {
        return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
                .writeValueAsString(value);
    }

    /** The tree of a JSON text. */
    public static JsonNode read(String text) throws IOException {
        return JSON.readTree(text);
    }
}
