package io.github.dl4jprune.compression;

import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.ModelFileException;
import io.github.dl4jprune.storage.ParameterOutline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Compares the sections of one file with the configuration inside it. */
final class ConfigurationCheck {
    private final Path file;
    private final Map<String, byte[]> entries;
    private final Map<String, String> places;

    /**
     * For one file.
     *
     * @param entries contents by name
     * @param places what messages call the section of each entry
     */
    ConfigurationCheck(Path file, Map<String, byte[]> entries, Map<String, String> places) {
        this.file = file;
        this.entries = entries;
        this.places = places;
    }

    /**
     * Refuses everything that is not as the configuration says. Memory: that of the network's parameters, for a moment.
     *
     * @param type of the values, as the header says
     * @param layers in the order of the file
     * @param most how many parameters the file can stand for
     */
    void require(DataType type, List<LayerSection> layers, long most) {
        if (!entries.containsKey(ModelFile.DESCRIPTION.get(0))) {
            throw refuse("header", "counts no section of " + ModelFile.DESCRIPTION.get(0));
        }
        try {
            ParameterOutline outline = ModelFile.outline(file, entries);
            if (outline.dataType() != type) {
                throw refuse(
                        "header",
                        "must have values of " + outline.dataType().width() + " bytes, the " + outline.dataType()
                                + " of the configuration, got " + type.width());
            }
            long held = layers.stream()
                    .flatMap(layer -> layer.parameters().stream())
                    .mapToLong(ParameterSlice::length)
                    .sum();
            if (!(outline.count() >= 0 && outline.count() <= most)) {
                throw refuse("header", "claims " + held + " parameters, but the configuration has " + outline.count());
            }
            LayerSection.requireAll(layers, configured(outline), this::refuse);
        } catch (ModelFileException e) {
            throw refuse(place(e.rule()), e.rule());
        }
    }

    private List<ParameterSlice> configured(ParameterOutline outline) {
        if (outline.count() == 0) {
            return ParameterSlice.of(ModelFile.restore(file, entries, null).network());
        }
        try (INDArray zeros = Nd4j.zeros(outline.dataType(), 1, outline.count())) {
            return ParameterSlice.of(ModelFile.restore(file, entries, zeros).network());
        }
    }

    /** The section of the entry that a rule is about. */
    private String place(String rule) {
        return places.entrySet().stream()
                .filter(entry -> rule.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> String.valueOf(places.get(ModelFile.DESCRIPTION.get(0))));
    }

    private CompressedFileException refuse(String section, String rule) {
        return new CompressedFileException(file, section, rule);
    }
}
