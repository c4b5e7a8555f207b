package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network that folding must equal: the original, with pruned channels held at their constants. */
final class HeldNetwork {
    private HeldNetwork() {}

    /** A copy of the original in which whatever produces pruned channels has no weights. */
    static <N extends Model> NetworkView<N> of(
            NetworkView<N> original, ChannelMask mask, ConstantTrace trace, List<Reader> readers) {
        NetworkView<N> held = original.copyWithoutListeners();
        Set<String> producers = new HashSet<>(mask.graph().producers());
        for (ParameterAxis axis : mask.graph().axes()) {
            boolean produces = producers.contains(axis.node()) && !axis.key().startsWith("b");
            if (axis.side() == ParameterAxis.Side.OUTPUT && !RunningStatistics.include(axis.key())) {
                zero(held, axis, i -> produces ? mask.prunes(axis.ids()[i]) : trace.silences(axis.ids()[i]));
            }
        }
        for (Reader reader : readers) {
            for (ParameterAxis axis : reader.weights()) {
                // a parameter may have several positions in a row for one channel that its layer reads
                int times = axis.ids().length / reader.ids().length;
                zero(held, axis, i -> reader.isDeafTo(i / times));
            }
        }
        return held;
    }

    private static void zero(NetworkView<? extends Model> network, ParameterAxis axis, IntPredicate positions) {
        INDArray parameter = network.parameters(axis.node()).get(axis.key());
        if (parameter == null) {
            return;
        }
        double[] factors = new double[axis.ids().length];
        Arrays.setAll(factors, i -> positions.test(i) ? 0.0 : 1.0);
        if (Arrays.stream(factors).allMatch(factor -> factor == 1)) {
            return;
        }
        axis.scale(parameter, factors);
    }
}
