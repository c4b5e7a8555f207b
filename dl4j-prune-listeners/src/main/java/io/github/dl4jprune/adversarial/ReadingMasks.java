package io.github.dl4jprune.adversarial;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.factory.Nd4j;

/** Where each channel's mask stands: on the weights that read the channel. */
final class ReadingMasks {
    private static final int NONE = -1;

    private final ChannelGraph graph;
    private final List<ChannelGroup> groups;
    private final List<Place> places = new ArrayList<>();
    private final int size;

    /** An axis of weights, and for each of its positions the number of the mask on it, or {@link #NONE}. */
    private record Place(ParameterAxis axis, int[] masks) {}

    /**
     * Finds the places.
     *
     * @param ignored layers whose groups have no masks
     * @throws IllegalArgumentException if a layer is unknown or nothing is left to mask
     */
    ReadingMasks(NetworkView<? extends Model> network, ChannelGraph graph, Collection<String> ignored) {
        ignored.forEach(layer -> requireLayer(graph, layer));
        this.graph = graph;
        this.groups = graph.groups().stream()
                .filter(group -> group.producers().stream().noneMatch(ignored::contains))
                .toList();
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        groups.forEach(group -> group.classes().forEach(c -> numbers.put(c, numbers.size())));
        this.size = numbers.size();
        if (size == 0) {
            throw new IllegalArgumentException("network must have a group of channels that may be pruned, got none");
        }
        for (ParameterAxis axis : graph.axes()) {
            INDArray parameter = network.parameters(axis.node()).get(axis.key());
            if (parameter != null && axis.side() == ParameterAxis.Side.INPUT) {
                add(axis, numbers);
            }
        }
    }

    private static void requireLayer(ChannelGraph graph, String layer) {
        if (!graph.producers().contains(layer)) {
            throw new IllegalArgumentException("layer \"" + layer + "\" must be one that makes channels"
                    + NearestName.hint(layer, graph.producers()));
        }
    }

    private void add(ParameterAxis axis, Map<Integer, Integer> numbers) {
        int[] masks = IntStream.of(axis.ids())
                .map(id -> id == ParameterAxis.FIXED ? NONE : numbers.getOrDefault(graph.classOf(id), NONE))
                .toArray();
        if (IntStream.of(masks).anyMatch(mask -> mask != NONE)) {
            places.add(new Place(axis, masks));
        }
    }

    /** Number of masks. */
    int size() {
        return size;
    }

    /** Multiplies the masks into a network's weights, or into their gradient, in place. */
    void multiplyInto(NetworkView<? extends Model> network, double[] masks) {
        for (Place place : places) {
            INDArray weights = weights(network, place);
            double[] factors = IntStream.of(place.masks)
                    .mapToDouble(number -> number == NONE ? 1 : masks[number])
                    .toArray();
            Broadcast.mul(
                    weights, Nd4j.createFromArray(factors).castTo(weights.dataType()), weights, place.axis.in(weights));
        }
    }

    /**
     * Slope of the loss by every mask: the sum, over the weights w that it stands on, of w times the slope by the product of mask and
     * weight.
     *
     * @param network whose weights are without masks
     * @param slopes a network of the same layout that holds the slopes in place of its parameters
     */
    double[] slopes(NetworkView<? extends Model> network, NetworkView<? extends Model> slopes) {
        double[] result = new double[size];
        for (Place place : places) {
            INDArray products = weights(network, place).mul(weights(slopes, place));
            int own = place.axis.in(products);
            int[] others =
                    IntStream.range(0, products.rank()).filter(i -> i != own).toArray();
            double[] sums = products.sum(others).toDoubleVector();
            for (int i = 0; i < sums.length; i++) {
                if (place.masks[i] != NONE) {
                    result[place.masks[i]] += sums[i];
                }
            }
        }
        return result;
    }

    private static INDArray weights(NetworkView<? extends Model> network, Place place) {
        return Objects.requireNonNull(network.parameters(place.axis.node()).get(place.axis.key()));
    }

    /** First mask and number of masks of each group. */
    List<int[]> spans() {
        List<int[]> spans = new ArrayList<>();
        int start = 0;
        for (ChannelGroup group : groups) {
            spans.add(new int[] {start, group.width()});
            start += group.width();
        }
        return spans;
    }

    /** The masks of each group, by its name. */
    Map<String, double[]> byGroup(double[] masks) {
        Map<String, double[]> result = new LinkedHashMap<>();
        List<int[]> spans = spans();
        for (int i = 0; i < groups.size(); i++) {
            int start = spans.get(i)[0];
            result.put(groups.get(i).name(), java.util.Arrays.copyOfRange(masks, start, start + spans.get(i)[1]));
        }
        return result;
    }
}
