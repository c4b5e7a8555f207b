package io.github.dl4jprune.search;

import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.storage.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/**
 * What a {@link WidthSearch} found.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network the original with the best widths, its channels inherited as those of all candidates and not trained since:
 *     fine-tune it
 * @param best the best candidate
 * @param evaluations all candidates, in order
 * @param before what the original costs
 * @param after what the network costs
 */
public record WidthSearchResult<N extends Model>(
        N network, WidthEvaluation best, List<WidthEvaluation> evaluations, Cost before, Cost after) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the list. */
    public WidthSearchResult {
        evaluations = List.copyOf(evaluations);
    }

    /** Sparsities of the best widths by layer, ready for {@code Pruner.layer}; 0 for those that stay whole. */
    public Map<String, Double> ratios() {
        return best.sparsities();
    }

    /**
     * Writes {@link #ratios} as the command line's {@code --ratios} reads them.
     *
     * @param file JSON, written whole or not at all
     * @throws IllegalArgumentException if it cannot be written
     */
    public void writeRatios(Path file) {
        byte[] text = json(ratios());
        OutputFile.write(file, out -> out.write(text));
    }

    private static byte[] json(Map<String, Double> ratios) {
        try {
            return JSON.writeValueAsBytes(ratios);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
