package io.github.dl4jprune.cli;

import io.github.dl4jprune.recipe.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Configuration files: YAML 1.2, of which JSON is a part. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    static Settings read(Path file) throws IOException {
        Object root = parse(file, Files.readString(file));
        if (!(root instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("configuration \"" + file + "\" must hold keys and values");
        }
        return new Settings("configuration \"" + file + "\"", map);
    }

    private static Object parse(Path file, String text) {
        try {
            return new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setMaxAliasesForCollections(50)
                            .build())
                    .loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new IllegalArgumentException(
                    "configuration \"" + file + "\" must be YAML or JSON" + where + ": " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(
                    "configuration \"" + file + "\" must be YAML or JSON: " + e.getMessage(), e);
        }
    }
}
