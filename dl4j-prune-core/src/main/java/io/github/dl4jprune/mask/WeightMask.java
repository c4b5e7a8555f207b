package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.network.NetworkView;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which parameters of a network are pruned, one bit a parameter in the order of the flat parameter vector. Immutable; fits
 * every network with the same parameters.
 */
public final class WeightMask {
    private final List<ParameterSpan> parameters;
    private final BitSet pruned;

    private WeightMask(List<ParameterSpan> parameters, BitSet pruned) {
        this.parameters = parameters;
        this.pruned = pruned;
    }

    /** The mask that prunes nothing. */
    public static WeightMask none(NetworkView<? extends Model> network) {
        return of(network, new BitSet());
    }

    /**
     * Prunes the given positions.
     *
     * @param pruned positions in the flat parameter vector; copied
     * @throws IllegalArgumentException if one lies behind its end
     */
    public static WeightMask of(NetworkView<? extends Model> network, BitSet pruned) {
        long length = network.flatParameters().length();
        if (pruned.length() > length) {
            throw new IllegalArgumentException(
                    "pruned positions must be below " + length + ", got " + (pruned.length() - 1));
        }
        return new WeightMask(ParameterSpans.of(network), (BitSet) pruned.clone());
    }

    /** Prunes all that is recorded for the channels of a mask; running statistics stay, as in {@link MaskMultiplier}. */
    public static WeightMask of(NetworkView<? extends Model> network, ChannelMask channels) {
        return of(network, zeros(MaskMultiplier.of(channels, network)));
    }

    /** Prunes every parameter that is exactly 0 now. */
    public static WeightMask ofZeros(NetworkView<? extends Model> network) {
        return of(network, zeros(network.flatParameters()));
    }

    private static BitSet zeros(INDArray flat) {
        double[] values = flat.toDoubleVector();
        BitSet zeros = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                zeros.set(i);
            }
        }
        return zeros;
    }

    /** Every parameter of the network, pruned or not, in the order of the flat vector. */
    public List<ParameterSpan> parameters() {
        return parameters;
    }

    /** The pruned positions of the flat parameter vector, a copy. */
    public BitSet positions() {
        return (BitSet) pruned.clone();
    }

    /** Length of the flat parameter vector. */
    public int length() {
        return parameters.isEmpty() ? 0 : parameters.get(parameters.size() - 1).end();
    }

    /** How many parameters are pruned. */
    public int count() {
        return pruned.cardinality();
    }

    /** Whether nothing is pruned. */
    public boolean isEmpty() {
        return pruned.isEmpty();
    }

    /** Whether the parameter at that position of the flat vector is pruned. */
    public boolean prunes(int position) {
        return pruned.get(position);
    }

    /** How many values of one parameter are pruned. */
    public int count(ParameterSpan parameter) {
        return pruned.get(parameter.start(), parameter.end()).cardinality();
    }

    /** The fraction of every parameter that is pruned, in [0, 1], by name, in the order of the flat vector. */
    public Map<String, Double> sparsities() {
        Map<String, Double> result = new LinkedHashMap<>();
        parameters.forEach(span -> result.put(span.name(), (double) count(span) / span.length()));
        return result;
    }

    /**
     * Prunes what either mask prunes.
     *
     * @throws IllegalArgumentException if the other is for a network with other parameters
     */
    public WeightMask or(WeightMask other) {
        if (!parameters.equals(other.parameters)) {
            throw new IllegalArgumentException(
                    "masks must be for the same parameters, " + length() + " in all, got " + other.length());
        }
        BitSet both = positions();
        both.or(other.pruned);
        return new WeightMask(parameters, both);
    }

    /**
     * The mask as an array: 0.0 where pruned, else 1.0, as long as the flat parameter vector; outside any workspace.
     *
     * @param dataType FLOAT or DOUBLE
     */
    public INDArray multiplier(DataType dataType) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            if (dataType == DataType.DOUBLE) {
                double[] values = new double[length()];
                Arrays.fill(values, 1);
                pruned.stream().forEach(i -> values[i] = 0);
                return Nd4j.createFromArray(values);
            }
            float[] values = new float[length()];
            Arrays.fill(values, 1);
            pruned.stream().forEach(i -> values[i] = 0);
            return Nd4j.createFromArray(values).castTo(dataType);
        }
    }

    /**
     * Sets the pruned parameters to 0. Updater state stays as it is.
     *
     * @param network a network with this mask's parameters
     * @return what was done, which can be undone; dropping it makes the zeros permanent
     * @throws IllegalArgumentException if the network has other parameters
     */
    public <N extends Model> AppliedWeightMask<N> applyTo(N network) {
        return AppliedWeightMask.apply(this, network);
    }

    /**
     * The channels that nobody reads any more, because every weight that reads them is pruned: they can be cut out, and
     * nothing changes.
     *
     * @param network the network of this mask
     * @param graph its channel graph
     * @return the channels; where they would empty a layer, fewer
     */
    public ChannelMask channels(NetworkView<? extends Model> network, ChannelGraph graph) {
        return UnreadChannels.of(this, network, graph);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightMask mask && parameters.equals(mask.parameters) && pruned.equals(mask.pruned);
    }

    @Override
    public int hashCode() {
        return 31 * parameters.hashCode() + pruned.hashCode();
    }

    @Override
    public String toString() {
        return "WeightMask(pruned=" + count() + ", parameters=" + length() + ")";
    }
}
