package io.github.dl4jprune.training;

import java.io.IOException;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * How far a {@link PruningTrainer} has come after a step: all of it that is not in the network.
 *
 * @param steps every step so far, the network before any first
 * @param losses mean loss of every epoch so far
 * @param iterations iterations so far
 * @param passes how often the training data have been begun anew
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShrinkingPosition(List<PruningStep> steps, List<Double> losses, long iterations, int passes) {
    /** The beginning of a run. */
    public static final ShrinkingPosition START = new ShrinkingPosition(List.of(), List.of(), 0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the lists and checks that the numbers fit together. */
    public ShrinkingPosition {
        steps = List.copyOf(steps);
        losses = List.copyOf(losses);
        int epochs = steps.stream().mapToInt(PruningStep::epochs).sum();
        if (epochs != losses.size() || iterations < 0 || passes < 0) {
            throw new IllegalArgumentException("position must have one loss for each of the " + epochs
                    + " epochs and no negative number, got " + losses.size() + ", " + iterations + " and " + passes);
        }
    }

    /** The position as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The position from JSON.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ShrinkingPosition fromJson(String json) {
        try {
            return JSON.readValue(json, ShrinkingPosition.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("position must be readable, got " + e.getMessage(), e);
        }
    }
}
