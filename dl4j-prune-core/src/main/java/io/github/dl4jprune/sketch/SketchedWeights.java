package io.github.dl4jprune.sketch;

import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.channel.ParameterAxis.Side;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes sketches into a network that surgery has narrowed: of a sketched group, the filters that make its channels (with
 * their biases) are replaced by {@link FrequentDirections} of all of them, and in every layer that reads it the weights of its
 * channels likewise, one row a channel. Weights sketched on both sides are sketched on the input side first.
 *
 * <p>Weights whose layer feeds nothing but batch normalisation are then divided by their Frobenius norm; elsewhere, where a
 * scale is not undone, they keep that of the sketch. The batch normalisations of these layers begin anew, and so does the
 * updater's state of all that is written.
 */
public final class SketchedWeights {
    private final NetworkView<? extends Model> original;
    private final NetworkView<? extends Model> small;
    private final ChannelMask mask;
    private final SketchSites sites;
    private final OwnNorms norms;

    private record Weights(String node, String key) {}

    /**
     * Prepares.
     *
     * @param original the wide network, left untouched
     * @param small what surgery made of it by the mask; written to
     * @param mask how many channels of each group are left; which ones plays no part for sketched groups
     */
    public SketchedWeights(
            NetworkView<? extends Model> original, NetworkView<? extends Model> small, ChannelMask mask) {
        this.original = original;
        this.small = small;
        this.mask = mask;
        this.sites = new SketchSites(original, mask.graph());
        this.norms = new OwnNorms(original);
    }

    /**
     * Writes the sketches.
     *
     * @param groups groups without an {@link SketchSites#obstacle obstacle}
     */
    public void write(Collection<ChannelGroup> groups) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Set<Weights> sketched = new LinkedHashSet<>();
            for (ChannelGroup group : groups) {
                sites.obstacle(group).ifPresent(why -> {
                    throw new IllegalArgumentException(
                            "group \"" + group.name() + "\" must be one that can be sketched: " + why);
                });
                weightAxes(group).forEach(axis -> sketched.add(new Weights(axis.node(), axis.key())));
            }
            sketched.forEach(weights -> write(weights, groups));
            FreshNorm fresh = new FreshNorm(small, mask);
            for (ChannelGroup group : groups) {
                Set<Integer> classes = new HashSet<>(group.classes());
                sites.normsOf(group).forEach(norm -> fresh.reset(norm, classes::contains));
                layers(group)
                        .flatMap(layer -> norms.of(layer).names().stream())
                        .forEach(norm -> fresh.reset(norm, any -> true));
            }
        }
    }

    private Stream<String> layers(ChannelGroup group) {
        return Stream.concat(Stream.of(group.name()), sites.readers(group).stream());
    }

    private Stream<ParameterAxis> weightAxes(ChannelGroup group) {
        return sites.axesOf(group).stream()
                .filter(axis -> axis.side() == Side.INPUT || (axis.node().equals(group.name()) && !sites.isBias(axis)));
    }

    private void write(Weights weights, Collection<ChannelGroup> groups) {
        INDArray values =
                Objects.requireNonNull(original.parameters(weights.node).get(weights.key));
        Optional<ParameterAxis> bias = bias(weights, groups);
        INDArray added = bias.map(axis -> original.parameters(weights.node).get(axis.key()))
                .orElse(null);
        for (Side side : List.of(Side.INPUT, Side.OUTPUT)) {
            for (ParameterAxis axis : mask.graph().axes(weights.node)) {
                if (axis.key().equals(weights.key) && axis.side() == side) {
                    SketchedAxis.Narrowed narrowed = new SketchedAxis(mask, axis, on(axis, groups))
                            .narrow(values, side == Side.OUTPUT ? added : null);
                    values = narrowed.weights();
                    added = side == Side.OUTPUT ? narrowed.bias() : added;
                }
            }
        }
        double scale = norms.of(weights.node).only() ? inverseNorm(values) : 1;
        store(weights.node, weights.key, values.muli(scale));
        if (bias.isPresent()) {
            store(weights.node, bias.get().key(), Objects.requireNonNull(added).muli(scale));
        }
    }

    private static double inverseNorm(INDArray values) {
        double norm = values.norm2Number().doubleValue();
        return norm > 0 ? 1 / norm : 1;
    }

    /** The bias of weights whose output side is sketched. */
    private Optional<ParameterAxis> bias(Weights weights, Collection<ChannelGroup> groups) {
        return groups.stream()
                .filter(group -> group.name().equals(weights.node))
                .flatMap(group -> sites.axesOf(group).stream())
                .filter(axis -> axis.node().equals(weights.node) && sites.isBias(axis))
                .findFirst();
    }

    private List<ChannelGroup> on(ParameterAxis axis, Collection<ChannelGroup> groups) {
        return groups.stream()
                .filter(group -> weightAxes(group).anyMatch(axis::equals))
                .toList();
    }

    private void store(String node, String key, @Nullable INDArray values) {
        INDArray target = Objects.requireNonNull(small.parameters(node).get(key));
        target.assign(Objects.requireNonNull(values).reshape('c', target.shape()));
        small.updaterState().ifPresent(state -> state.components(target).forEach(component -> component.assign(0)));
    }
}
