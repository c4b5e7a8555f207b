package io.github.dl4jprune.sparse;

import io.github.dl4jprune.compression.CompressedModel;
import io.github.dl4jprune.compression.ParameterSlice;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.StoredParameter;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes networks that skip zero weights. Each dense layer and each two-dimensional NCHW convolution of a FLOAT network is timed
 * both ways on example inputs, interleaved, and replaced where the sparse form is faster; all other layers, vertices and
 * preprocessors are DL4J's own. Outputs differ from the dense network's by rounding only.
 *
 * <pre>{@code
 * SparseNetwork<Model> fast = new SparseInference(15).of(CompressedFile.read(file), example);
 * }</pre>
 *
 * @param repetitions how often each form is timed, {@code >= 1}; 0: nothing is timed and every layer that can be is
 *     replaced
 */
public record SparseInference(int repetitions) {
    /** Checks the range. */
    public SparseInference {
        if (!(repetitions >= 0)) {
            throw new IllegalArgumentException("repetitions must be >= 0, got " + repetitions);
        }
    }

    /**
     * From the compressed form: weights go from codes to sparse rows.
     *
     * @param compressed what {@code CompressedFile} read
     * @param examples one array a network input, of the batch size that is to be fast
     * @return a network of the type in the file
     */
    public SparseNetwork<Model> of(CompressedModel compressed, INDArray... examples) {
        NetworkView<Model> view = NetworkView.of(compressed.restore().network());
        return replace(view, compressed.weights(), examples);
    }

    /**
     * From a network with zeros in it.
     *
     * @param <N> MultiLayerNetwork or ComputationGraph
     * @param network left untouched
     * @param examples one array a network input, of the batch size that is to be fast
     * @return a copy with replaced layers
     */
    public <N extends Model> SparseNetwork<N> of(N network, INDArray... examples) {
        NetworkView<N> copy = NetworkView.of(network).copyWithoutListeners();
        double[] flat =
                network.params() == null ? new double[0] : network.params().toDoubleVector();
        List<StoredParameter> parameters = new ArrayList<>();
        for (ParameterSlice slice : ParameterSlice.of(network)) {
            parameters.add(StoredParameter.raw(slice, Arrays.copyOfRange(flat, slice.start(), slice.end())));
        }
        return replace(copy, new SharedModel(parameters), examples);
    }

    private <N extends Model> SparseNetwork<N> replace(NetworkView<N> view, SharedModel weights, INDArray... examples) {
        List<LayerChoice> choices = new ArrayList<>();
        if (view.dataType() == DataType.FLOAT) {
            LayerSlots slots = LayerSlots.of(view.model());
            Map<String, INDArray> activations = inputs(view, examples);
            Map<String, Layer> chosen = new HashMap<>();
            for (NetworkNode node : view.structure().nodes()) {
                Optional<StoredParameter> parameter = Candidates.weights(slots, node, weights);
                parameter.ifPresent(found -> {
                    Layer dense = slots.layer(node.name());
                    Layer sparse = Candidates.sparse(dense, found);
                    LayerChoice choice = choose(node, found, List.of(dense, sparse), activations);
                    choices.add(choice);
                    if (choice.sparse()) {
                        chosen.put(node.name(), sparse);
                    }
                });
            }
            slots.replace(chosen);
        }
        return new SparseNetwork<>(view.model(), choices);
    }

    private Map<String, INDArray> inputs(NetworkView<?> view, INDArray... examples) {
        Map<String, INDArray> activations = new HashMap<>();
        if (repetitions > 0) {
            activations.putAll(view.activations(examples));
            int next = 0;
            for (NetworkNode node : view.structure().nodes()) {
                if (node.inputs().isEmpty()) {
                    activations.put(node.name(), examples[next++]);
                }
            }
        }
        return activations;
    }

    private LayerChoice choose(
            NetworkNode node, StoredParameter weights, List<Layer> forms, Map<String, INDArray> activations) {
        double density = weights.density();
        if (repetitions == 0) {
            return new LayerChoice(node.name(), density, Double.NaN, Double.NaN, Double.NaN, true);
        }
        INDArray input = Objects.requireNonNull(activations.get(node.inputs().get(0)), node.name());
        var preProcessor = ((LayerContent) node.content()).preProcessor();
        if (preProcessor != null) {
            input = preProcessor
                    .preProcess(input.dup(), (int) input.size(0), LayerWorkspaceMgr.noWorkspaces())
                    .detach();
        }
        double[] millis = LayerTiming.medians(forms, input, repetitions);
        double breakEven = Math.min(1, density * millis[0] / millis[1]);
        return new LayerChoice(node.name(), density, millis[0], millis[1], breakEven, millis[1] < millis[0]);
    }
}
