package io.github.dl4jprune.sketch;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Narrows weights along one axis: channels of sketched groups are replaced by sketches, with a row for each channel that
 * holds all weights at its positions; the others are gathered.
 */
final class SketchedAxis {
    private final ChannelMask mask;
    private final ParameterAxis axis;
    private final Collection<ChannelGroup> groups;

    /**
     * An axis.
     *
     * @param groups those of its groups that are sketched
     */
    SketchedAxis(ChannelMask mask, ParameterAxis axis, Collection<ChannelGroup> groups) {
        this.mask = mask;
        this.axis = axis;
        this.groups = groups;
    }

    /** For each channel of a group, in order, its positions along an axis; a flattened channel has many. */
    static int[][] positions(ChannelGraph graph, ParameterAxis axis, ChannelGroup group) {
        Map<Integer, Integer> places = new HashMap<>();
        List<Integer> classes = group.classes();
        for (int i = 0; i < classes.size(); i++) {
            places.put(classes.get(i), i);
        }
        int[][] positions = new int[classes.size()][0];
        int[] ids = axis.ids();
        for (int at = 0; at < ids.length; at++) {
            Integer place = ids[at] == ParameterAxis.FIXED ? null : places.get(graph.classOf(ids[at]));
            if (place != null) {
                int[] own = positions[place];
                positions[place] = Arrays.copyOf(own, own.length + 1);
                positions[place][own.length] = at;
            }
        }
        return positions;
    }

    /**
     * Narrower weights, and the bias that goes with them.
     *
     * @param weights 'c' order
     * @param bias one value a position of the axis; null for layers without
     */
    record Narrowed(INDArray weights, @Nullable INDArray bias) {}

    /**
     * The narrower weights, new arrays.
     *
     * @param weights left untouched
     * @param bias one more weight of each channel; null where there is none
     */
    Narrowed narrow(INDArray weights, @Nullable INDArray bias) {
        int own = axis.in(weights);
        int[] order = IntStream.concat(
                        IntStream.of(own), IntStream.range(0, weights.rank()).filter(a -> a != own))
                .toArray();
        INDArray front = weights.permute(order).dup('c');
        long[] shape = front.shape().clone();
        long each = front.length() / shape[0];
        INDArray rows = front.reshape('c', shape[0], each);
        if (bias != null) {
            rows = Nd4j.concat(1, rows, bias.reshape('c', shape[0], 1));
        }
        int[] kept = mask.kept(axis.ids());
        INDArray result = gather(rows, kept);
        for (ChannelGroup group : groups) {
            sketch(group, rows, kept, result);
        }
        shape[0] = kept.length;
        INDArray narrowed = columns(result, 0, each).reshape('c', shape).permute(inverse(order));
        return new Narrowed(
                narrowed.dup('c'),
                bias == null ? null : columns(result, each, each + 1).reshape(kept.length));
    }

    private void sketch(ChannelGroup group, INDArray rows, int[] kept, INDArray result) {
        int[][] before = positions(mask.graph(), axis, group);
        int each = before[0].length;
        int[] flat = Arrays.stream(before).flatMapToInt(Arrays::stream).toArray();
        INDArray channels = gather(rows, flat).reshape('c', before.length, each * rows.size(1));
        int[][] after = IntStream.range(0, before.length)
                .filter(i -> !mask.prunes(group.classes().get(i)))
                .mapToObj(i -> Arrays.stream(before[i])
                        .map(position -> Arrays.binarySearch(kept, position))
                        .toArray())
                .toArray(int[][]::new);
        INDArray sketch = FrequentDirections.withoutZeroRows(FrequentDirections.sketch(channels, after.length))
                .reshape('c', (long) after.length * each, rows.size(1));
        for (int i = 0; i < after.length; i++) {
            for (int j = 0; j < each; j++) {
                result.putRow(after[i][j], sketch.getRow((long) i * each + j));
            }
        }
    }

    private static INDArray gather(INDArray rows, int[] positions) {
        return Nd4j.exec(new Gather(rows, Nd4j.createFromArray(positions), 0))[0];
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    private static INDArray columns(INDArray matrix, long from, long to) {
        return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup('c');
    }
}
