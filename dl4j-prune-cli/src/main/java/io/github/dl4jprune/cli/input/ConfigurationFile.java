package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.recipe.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;

/** Configuration files: YAML, of which JSON is a part. */
public final class ConfigurationFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ConfigurationFile() {}

    /** Reads a configuration whole. */
    public static Settings read(Path file) throws IOException {
        String source = "configuration \"" + file + "\"";
        if (!(parse(source, text(source, file)) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(source + " must hold keys and values");
        }
        return new Settings(source, map);
    }

    private static String text(String source, Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(source + " must be text in UTF-8", e);
        }
    }

    private static Object parse(String source, String text) throws IOException {
        try {
            return YAML.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new IllegalArgumentException(
                    source + " must be YAML or JSON" + where + ": " + e.getOriginalMessage(), e);
        }
    }
}
