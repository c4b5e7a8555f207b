package io.github.dl4jprune.sketch;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.UpdaterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets channels of a batch normalisation begin anew: scale and shift as configured, mean 0, variance 1. */
final class FreshNorm {
    private final NetworkView<? extends Model> small;
    private final ChannelMask mask;

    FreshNorm(NetworkView<? extends Model> small, ChannelMask mask) {
        this.small = small;
        this.mask = mask;
    }

    /**
     * Resets.
     *
     * @param node the batch normalisation
     * @param chosen classes of channels to reset, of those that stay
     */
    void reset(String node, IntPredicate chosen) {
        if (!(small.structure().node(node).content() instanceof LayerContent content
                && content.layer() instanceof BatchNormalization layer)) {
            throw new IllegalArgumentException("layer \"" + node + "\" must be a batch normalisation");
        }
        Map<String, Double> values =
                Map.of("gamma", layer.getGamma(), "beta", layer.getBeta(), "mean", 0.0, "var", 1.0, "log10stdev", 0.0);
        Optional<UpdaterState> state = small.updaterState();
        for (ParameterAxis axis : mask.graph().axes(node)) {
            INDArray parameter = small.parameters(node).get(axis.key());
            Double value = values.get(axis.key());
            if (parameter != null && value != null) {
                List<INDArray> components =
                        state.map(all -> all.components(parameter)).orElse(List.of());
                int[] ids = axis.ids();
                int[] kept = mask.kept(ids);
                for (int i = 0; i < kept.length; i++) {
                    if (ids[kept[i]] != ParameterAxis.FIXED
                            && chosen.test(mask.graph().classOf(ids[kept[i]]))) {
                        parameter.putScalar(i, value);
                        for (INDArray component : components) {
                            component.putScalar(i, 0);
                        }
                    }
                }
            }
        }
    }
}
