package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.recipe.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLParser;

/** Configuration files: YAML, of which JSON is a part. */
public final class ConfigurationFile {
    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final ObjectMapper YAML = new ObjectMapper(FACTORY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ConfigurationFile() {}

    /** Reads a configuration whole. */
    public static Settings read(Path file) throws IOException {
        String source = "configuration \"" + file + "\"";
        if (!(parse(source, TextFile.read(source, file)) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(source + " must hold keys and values");
        }
        return new Settings(source, map);
    }

    /** Jackson would take an alias for a text, and drop a tag. */
    private static void requirePlain(String source, String text) throws IOException {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                String found = parser.isCurrentAlias()
                        ? "alias *" + parser.getText()
                        : parser.getObjectId() != null
                                ? "anchor &" + parser.getObjectId()
                                : parser.getTypeId() != null ? "tag !" + parser.getTypeId() : "";
                if (!found.isEmpty()) {
                    throw new IllegalArgumentException(
                            "%s, line %d: YAML's anchors, aliases and tags are not supported, write values out; got the %s"
                                    .formatted(source, parser.getTokenLocation().getLineNr(), found));
                }
            }
        }
    }

    private static Object parse(String source, String text) throws IOException {
        try {
            requirePlain(source, text);
            if (YAML.readTree(text).isMissingNode()) {
                throw new IllegalArgumentException(source + " must hold keys and values, got none");
            }
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
