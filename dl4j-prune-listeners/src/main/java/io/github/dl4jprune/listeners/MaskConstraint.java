package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.mask.ParameterSpan;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A weight mask that travels in a network's configuration, one constraint a layer, so that pruned weights stay at 0 in code
 * that knows no listener of ours: Spark workers, or another team's training loop. One bit a parameter.
 *
 * <p><b>Limits.</b> DL4J applies constraints after all listeners of an iteration: evaluating and saving listeners see what
 * the updater made of pruned weights. Updater state is not masked: momentum keeps pushing, and is corrected every time, so
 * steps differ from those of the shrunk network where gradients are clipped together. Frozen layers and graph vertices with
 * parameters have no constraints. And whoever opens the model needs this class: {@link
 * io.github.dl4jprune.storage.ModelFile#strip} takes it out.
 */
public final class MaskConstraint implements LayerConstraint {
    private static final long serialVersionUID = 1L;

    @JsonProperty("masks")
    private final TreeMap<String, String> masks;

    private transient volatile @Nullable Map<String, INDArray> kept;

    /**
     * A constraint on the parameters of one layer.
     *
     * @param masks for each parameter key the pruned positions in memory order, one bit each, as Base64 of little-endian
     *     bytes
     */
    @JsonCreator
    public MaskConstraint(@JsonProperty("masks") Map<String, String> masks) {
        this.masks = new TreeMap<>(masks);
    }

    /**
     * Puts a mask into the configuration of a network and zeroes what it prunes, behind the constraints that are there.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param mask of this network
     * @throws IllegalArgumentException if it prunes parameters of a frozen layer or of a vertex that is no layer
     */
    public static void install(Model network, WeightMask mask) {
        NetworkView<Model> view = NetworkView.of(network);
        Map<String, Map<String, String>> byNode = new TreeMap<>();
        for (ParameterSpan span : mask.parameters()) {
            if (mask.count(span) > 0) {
                BitSet bits = mask.positions().get(span.start(), span.end());
                byNode.computeIfAbsent(span.node(), node -> new TreeMap<>()).put(span.key(), PruningState.encode(bits));
            }
        }
        byNode.forEach((node, masks) -> append(view, view.structure().node(node), new MaskConstraint(masks)));
        mask.applyTo(network);
    }

    private static void append(NetworkView<Model> view, NetworkNode node, MaskConstraint constraint) {
        if (!(node.content() instanceof io.github.dl4jprune.network.NodeContent.LayerContent content)
                || view.frozen(node.name())
                || content.layer() instanceof FrozenLayer) {
            throw new IllegalArgumentException(
                    "layer \"" + node.name() + "\" must be a layer that trains, to have a mask as a constraint");
        }
        List<LayerConstraint> all = new ArrayList<>();
        List<LayerConstraint> before = content.layer().getConstraints();
        if (before != null) {
            before.stream().filter(other -> !(other instanceof MaskConstraint)).forEach(all::add);
        }
        all.add(constraint);
        content.layer().setConstraints(all);
    }

    @Override
    public void applyConstraint(Layer layer, int iteration, int epoch) {
        Map<String, INDArray> parameters = layer.paramTable();
        for (String key : masks.keySet()) {
            INDArray parameter = parameters.get(key);
            if (parameter != null) {
                try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                    INDArray flat = parameter.reshape(parameter.ordering(), true, parameter.length());
                    MaskMultiplier.apply(flat, kept(key, parameter));
                    if (Double.isNaN(flat.sumNumber().doubleValue())) {
                        // a constraint before this one divided 0 by 0, and no product mends that
                        pruned(key).stream().forEach(position -> flat.putScalar(position, 0.0));
                    }
                }
            }
        }
    }

    private INDArray kept(String key, INDArray parameter) {
        Map<String, INDArray> cache = kept;
        if (cache == null) {
            cache = new ConcurrentHashMap<>();
            kept = cache;
        }
        return cache.computeIfAbsent(key, k -> {
            double[] values = new double[Math.toIntExact(parameter.length())];
            Arrays.fill(values, 1);
            pruned(k).stream().forEach(position -> values[position] = 0);
            return Nd4j.createFromArray(values).castTo(parameter.dataType());
        });
    }

    private BitSet pruned(String key) {
        return PruningState.decode(masks.getOrDefault(key, ""));
    }

    @Override
    public void setParams(Set<String> params) {
        throw new UnsupportedOperationException("parameters of a mask constraint are those of its mask");
    }

    @Override
    @org.nd4j.shade.jackson.annotation.JsonIgnore
    public Set<String> getParams() {
        return Set.copyOf(masks.keySet());
    }

    @Override
    public MaskConstraint clone() {
        return this;
    }

    @Override
    public String toString() {
        return "MaskConstraint(" + masks.keySet() + ")";
    }
}
