package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.folding.ChannelConstant.Held;
import io.github.dl4jprune.folding.ChannelConstant.Unknown;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer whose weights read pruned channels.
 *
 * @param node its name
 * @param layer its configuration
 * @param ids the channels it reads, behind its preprocessor
 * @param constants their constants
 * @param weights the axes of its parameters along which they lie
 * @param summed those of them whose weights it multiplies its inputs by
 * @param obstacle why none of them can be folded, if so
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reader(
        String node,
        Layer layer,
        int[] ids,
        ConstantVector constants,
        List<ParameterAxis> weights,
        List<ParameterAxis> summed,
        Optional<String> obstacle) {

    /** The layers whose weights read pruned channels, in network order. */
    static List<Reader> in(NetworkView<? extends Model> network, ChannelMask mask, ConstantTrace trace) {
        return network.structure().nodes().stream()
                .flatMap(node -> of(node, network, mask, trace).stream())
                .toList();
    }

    private static Optional<Reader> of(
            NetworkNode node, NetworkView<? extends Model> network, ChannelMask mask, ConstantTrace trace) {
        int[] ids = mask.graph().inputIds(node.name()).orElse(new int[0]);
        List<ParameterAxis> weights = mask.graph().axes(node.name()).stream()
                .filter(axis -> axis.side() == ParameterAxis.Side.INPUT)
                .toList();
        if (!(node.content() instanceof LayerContent content)
                || weights.isEmpty()
                || IntStream.of(ids).noneMatch(mask::prunes)) {
            return Optional.empty();
        }
        List<ParameterAxis> summed = weights.stream()
                .filter(axis -> WeightSums.known(axis, mask.graph()))
                .toList();
        Optional<String> obstacle = ReaderKind.obstacle(content.layer()).or(() -> homeless(network, summed));
        return Optional.of(
                new Reader(node.name(), content.layer(), ids, trace.input(node.name()), weights, summed, obstacle));
    }

    private static Optional<String> homeless(NetworkView<? extends Model> network, List<ParameterAxis> weights) {
        boolean home = weights.stream()
                .allMatch(
                        axis -> FoldTarget.of(network, axis.node(), axis.key()).isPresent());
        return home && !weights.isEmpty()
                ? Optional.empty()
                : Optional.of("it has no bias, nor a batch normalisation right behind it");
    }

    /** What of all that they read is folded, and what is not. */
    static FoldedConstants folded(List<Reader> readers, NetworkView<? extends Model> network) {
        return new FoldedConstants(
                readers.stream()
                        .flatMap(reader -> reader.done(network).stream())
                        .toList(),
                readers.stream().flatMap(reader -> reader.leftovers().stream()).toList());
    }

    /** Whether the constant at that position is folded. */
    boolean folds(int position) {
        return obstacle.isEmpty() && constants.at(position) instanceof Held held && !held.isZero();
    }

    /** Whether the layer must hear zero at that position: there is a pruned channel and it is not folded. */
    boolean isDeafTo(int position) {
        return constants.at(position) instanceof Unknown
                || (obstacle.isPresent() && constants.at(position) instanceof Held);
    }

    /** Adds what the layer hears of the folded constants to the small network. */
    void fold(NetworkView<? extends Model> network, NetworkView<? extends Model> small, ChannelMask mask) {
        if (count(this::folds) == 0) {
            return;
        }
        double[] heard = new double[ids.length];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = folds(i) && constants.at(i) instanceof Held held ? held.value() : 0;
        }
        INDArray row = Nd4j.createFromArray(heard).reshape(1, heard.length).castTo(network.dataType());
        for (ParameterAxis axis : summed) {
            INDArray sums = WeightSums.of(network.parameters(node), axis, mask.graph(), row);
            FoldTarget.of(network, node, axis.key()).orElseThrow().add(sums, mask, small);
        }
    }

    /** What was folded, if anything. */
    Optional<FoldingReport.Fold> done(NetworkView<? extends Model> network) {
        int channels = count(this::folds);
        boolean everywhere = IntStream.range(0, ids.length)
                .filter(this::folds)
                .allMatch(i -> constants.at(i) instanceof Held held && held.everywhere());
        boolean exact = everywhere && ReaderKind.hearsEvenly(layer);
        return channels == 0
                ? Optional.empty()
                : FoldTarget.of(network, node, summed.get(0).key())
                        .map(target -> new FoldingReport.Fold(node, target.kind(), channels, exact));
    }

    /** What was not, one entry a reason. */
    List<FoldingReport.Leftover> leftovers() {
        List<Optional<String>> reasons =
                IntStream.range(0, ids.length).mapToObj(this::reason).toList();
        return reasons.stream()
                .flatMap(Optional::stream)
                .distinct()
                .map(reason -> new FoldingReport.Leftover(
                        node, count(i -> reasons.get(i).filter(reason::equals).isPresent()), reason))
                .toList();
    }

    private Optional<String> reason(int position) {
        if (constants.at(position) instanceof Unknown unknown) {
            return Optional.of(unknown.reason());
        }
        boolean speaks = constants.at(position) instanceof Held held && !held.isZero();
        return speaks ? obstacle : Optional.empty();
    }

    private int count(IntPredicate positions) {
        return Math.toIntExact(IntStream.range(0, ids.length)
                .filter(positions)
                .map(i -> ids[i])
                .distinct()
                .count());
    }
}
