package io.github.dl4jprune.listeners;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dl4jprune.folding.FoldedConstants;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Where a pruning listener stands, to be saved beside its network: {@link PruningListener#state} and {@link
 * PruningListener#resume}. In a model file it is the entry {@value ModelFile#PRUNING_STATE}, JSON, which plain DL4J ignores.
 *
 * @param formatVersion 1
 * @param listener simple name of the listener's class
 * @param configuration what the listener was built with, as text; a listener that resumes must be built with the same
 * @param iterations iterations since the listener started
 * @param epochs epochs since the listener started
 * @param step the count at which the mask was last looked at, in the schedule's unit; -1 for never
 * @param returned how many channels soft pruning saw come back
 * @param held whether what is pruned is kept at zero, which soft pruning does only after its last step
 * @param folded what became of the constants of pruned channels at soft pruning's last step; null before it, and for other
 *     listeners
 * @param widths units of every layer that has any, of the network not yet shrunk
 * @param channels pruned channel classes; null with weight granularity
 * @param weights pruned positions of the flat parameter vector, one bit each, as Base64 of little-endian bytes; null with
 *     filter granularity
 * @param sparsities asked and reached, by parameter or layer
 * @param sparsity overall
 * @param claims names of the parameters that the listener prunes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PruningState(
        int formatVersion,
        String listener,
        Map<String, String> configuration,
        int iterations,
        int epochs,
        int step,
        long returned,
        boolean held,
        @Nullable FoldedConstants folded,
        Map<String, Integer> widths,
        @Nullable List<Integer> channels,
        @Nullable String weights,
        Map<String, LayerSparsity> sparsities,
        double sparsity,
        List<String> claims) {
    static final int NEWEST = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the collections and checks the version. */
    public PruningState {
        if (!(formatVersion >= 1 && formatVersion <= NEWEST)) {
            throw new IllegalArgumentException(
                    "pruning state must be of format 1 to " + NEWEST + ", got " + formatVersion);
        }
        configuration = new TreeMap<>(configuration);
        widths = new TreeMap<>(widths);
        channels = channels == null ? null : List.copyOf(channels);
        claims = List.copyOf(claims);
    }

    /** Puts the state into a model, to be written with it. */
    public SavedModel addTo(SavedModel model) {
        return model.withAttachment(ModelFile.PRUNING_STATE, toJson().getBytes(UTF_8));
    }

    /**
     * The state that a model was saved with, if any.
     *
     * @throws IllegalArgumentException if it is damaged or of a newer format
     */
    public static Optional<PruningState> of(SavedModel model) {
        byte[] content = model.attachments().get(ModelFile.PRUNING_STATE);
        return content == null ? Optional.empty() : Optional.of(fromJson(new String(content, UTF_8)));
    }

    /** The state as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The state from JSON.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PruningState fromJson(String json) {
        try {
            return JSON.readValue(json, PruningState.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("pruning state must be readable, got " + e.getMessage(), e);
        }
    }

    static String encode(BitSet bits) {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    static BitSet decode(String bits) {
        return BitSet.valueOf(Base64.getDecoder().decode(bits));
    }
}
