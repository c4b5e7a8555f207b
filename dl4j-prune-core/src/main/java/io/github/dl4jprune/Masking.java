package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.mask.AppliedWeightMask;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.ChannelSelector;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.WeightSelector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A weight mask in one call, without training: by magnitude, by a norm or another criterion, or at random; of single weights
 * or whole channels; within each layer or over the whole network. The network is left untouched until the mask is applied.
 *
 * <pre>{@code
 * WeightMask mask = Masking.of(network)
 *         .granularity(Granularity.WEIGHT)
 *         .scope(Scope.GLOBAL)
 *         .sparsity(0.8)
 *         .mask();
 * AppliedWeightMask<ComputationGraph> applied = mask.applyTo(network);
 * applied.undo();
 * }</pre>
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @see <a href="https://pytorch.org/docs/stable/nn.html#module-torch.nn.utils">torch.nn.utils.prune, which offers the
 *     same</a>
 * @see AppliedWeightMask
 */
public final class Masking<N extends Model> {
    private final NetworkView<N> network;
    private Granularity granularity = Granularity.WEIGHT;
    private @Nullable Criterion criterion;
    private Scope scope = Scope.LOCAL;
    private OptionalDouble sparsity = OptionalDouble.empty();
    private final Map<String, Double> layers = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private @Nullable DataSetIterator data;

    private Masking(NetworkView<N> network) {
        this.network = network;
    }

    /** Starts with single weights, by magnitude, within each layer. */
    public static <N extends Model> Masking<N> of(N network) {
        return new Masking<>(NetworkView.of(network));
    }

    /** Single weights or whole channels. */
    public Masking<N> granularity(Granularity value) {
        granularity = value;
        return this;
    }

    /** What ranks them; single weights: a norm or {@link io.github.dl4jprune.criterion.RandomScore}. */
    public Masking<N> criterion(Criterion value) {
        criterion = value;
        return this;
    }

    /** Whether they are ranked within each tensor or group, or over the whole network. */
    public Masking<N> scope(Scope value) {
        scope = value;
        return this;
    }

    /** Fraction of zeros, in [0, 1); left out: only the layers named. */
    public Masking<N> sparsity(double value) {
        sparsity = OptionalDouble.of(value);
        return this;
    }

    /** Fraction of zeros in one layer, in [0, 1). */
    public Masking<N> layer(String name, double value) {
        layers.put(name, value);
        return this;
    }

    /** Leaves layers alone. */
    public Masking<N> ignore(String... names) {
        ignored.addAll(Arrays.asList(names));
        return this;
    }

    /** Minibatches for criteria that look at gradients or activations. */
    public Masking<N> data(DataSetIterator value) {
        data = value;
        return this;
    }

    /**
     * The mask.
     *
     * @throws IllegalArgumentException if a layer is unknown, a sparsity out of range, or the criterion does not fit
     */
    public WeightMask mask() {
        if (granularity == Granularity.FILTER) {
            return WeightMask.of(network, channelMask());
        }
        Criterion ranking = criterion == null ? new L1Norm() : criterion;
        return new WeightSelector(network)
                .select(request(), ranking, WeightMask.none(network))
                .mask();
    }

    /**
     * The mask as channels, ready for surgery; whatever the granularity, channels are chosen.
     *
     * @throws IllegalArgumentException as {@link #mask}
     */
    public ChannelMask channelMask() {
        ChannelGraph graph = ChannelGraph.of(network);
        Criterion ranking = criterion == null ? new L2Norm() : criterion;
        return new ChannelSelector(network, graph)
                .select(request(), ranking, data, ChannelMask.none(graph))
                .mask();
    }

    private SelectionRequest request() {
        return new SelectionRequest(sparsity, scope, layers, ignored, 1, Budget.NONE);
    }
}
