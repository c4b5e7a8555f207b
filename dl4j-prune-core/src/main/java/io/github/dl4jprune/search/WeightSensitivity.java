package io.github.dl4jprune.search;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sensitivity to zeroed weights: of each weight tensor of one layer the {@code floor(n S + 1e-9)} values of smallest
 * magnitude are zero while it is measured. Biases and batch normalisation are left alone.
 */
public final class WeightSensitivity implements SensitivityScan {
    private static final double ROUNDING = 1e-9;

    private final NetworkView<? extends Model> copy;
    private final Map<SensitivitySubject, List<INDArray>> weights = new LinkedHashMap<>();

    /**
     * A scan.
     *
     * @param network the network, left untouched: the scan works on a copy
     */
    public WeightSensitivity(NetworkView<? extends Model> network) {
        this.copy = network.copyWithoutListeners();
        for (NetworkNode node : network.structure().nodes()) {
            if (node.content() instanceof LayerContent content && !network.frozen(node.name())) {
                List<INDArray> found = weights(content.layer(), copy.parameters(node.name()));
                if (!found.isEmpty()) {
                    weights.put(new SensitivitySubject(node.name(), node.name()), found);
                }
            }
        }
    }

    private static List<INDArray> weights(Layer layer, Map<String, INDArray> parameters) {
        List<INDArray> found = new ArrayList<>();
        parameters.forEach((key, array) -> {
            if (layer.initializer().isWeightParam(layer, key)) {
                found.add(array);
            }
        });
        return found;
    }

    @Override
    public List<SensitivitySubject> subjects() {
        return List.copyOf(weights.keySet());
    }

    @Override
    public SensitivityPoint measure(SensitivitySubject subject, double sparsity, QualityMeasure measure) {
        List<INDArray> arrays = weights.get(subject);
        if (arrays == null) {
            throw new IllegalArgumentException("layer \"" + subject.layer() + "\" must have weights");
        }
        List<INDArray> before = new ArrayList<>();
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            arrays.forEach(array -> before.add(array.dup()));
            arrays.forEach(array -> zeroSmallest(array, sparsity));
            return new SensitivityPoint(subject, sparsity, measure.of(copy.model()));
        } finally {
            for (int i = 0; i < before.size(); i++) {
                arrays.get(i).assign(before.get(i));
            }
        }
    }

    private static void zeroSmallest(INDArray array, double sparsity) {
        double[] values = array.dup('c').reshape(array.length()).toDoubleVector();
        int count = (int) Math.floor(values.length * sparsity + ROUNDING);
        if (count == 0) {
            return;
        }
        double[] magnitudes = Arrays.stream(values).map(Math::abs).sorted().toArray();
        double threshold = magnitudes[count - 1];
        int below = 0;
        while (magnitudes[below] < threshold) {
            below++;
        }
        int equal = count - below;
        for (int i = 0; i < values.length; i++) {
            double magnitude = Math.abs(values[i]);
            if (magnitude < threshold || (magnitude == threshold && equal-- > 0)) {
                values[i] = 0;
            }
        }
        array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()).castTo(array.dataType()));
    }
}
