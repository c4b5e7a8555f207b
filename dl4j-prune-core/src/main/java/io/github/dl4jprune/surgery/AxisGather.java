package io.github.dl4jprune.surgery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;

/** Copies the kept positions of an array along several axes. */
final class AxisGather {
    private AxisGather() {}

    /**
     * Copies what is kept.
     *
     * @param source any shape, left untouched
     * @param kept for each axis that loses positions, those that stay
     * @param target receives the result; its shape is that of the source with kept lengths
     */
    static void copy(INDArray source, Map<Integer, int[]> kept, INDArray target) {
        if (kept.isEmpty()) {
            target.assign(likeTarget(source, target));
            return;
        }
        boolean reversed = source.rank() > 1 && source.ordering() == 'f';
        // the gather kernel copies whole rows of 'c' arrays but walks 'f' arrays element by element: turn them round
        INDArray current = reversed ? reverse(source) : source;
        List<Integer> axes = new ArrayList<>(kept.keySet());
        axes.sort(Comparator.comparingDouble(axis -> (double) length(kept, axis) / source.size(axis)));
        for (int axis : axes) {
            int turned = reversed ? source.rank() - 1 - axis : axis;
            INDArray positions = Nd4j.createFromArray(kept.getOrDefault(axis, new int[0]));
            INDArray gathered = Nd4j.exec(new Gather(current, positions, turned))[0];
            release(current, source);
            current = gathered;
        }
        INDArray receiver = reversed && target.rank() == source.rank() ? reverse(target) : target;
        receiver.assign(likeTarget(current, receiver));
        release(current, source);
    }

    /** Frees an intermediate result at once: native memory left to the garbage collector piles up, layer after layer. */
    private static void release(INDArray intermediate, INDArray source) {
        if (intermediate.data() != source.data() && intermediate.closeable()) {
            intermediate.close();
        }
    }

    /** Some parameters are [1, n] in a network just initialised and [n] in one built around given values. */
    private static INDArray likeTarget(INDArray values, INDArray target) {
        return values.rank() == target.rank() ? values : values.reshape(target.shape());
    }

    private static int length(Map<Integer, int[]> kept, int axis) {
        return kept.getOrDefault(axis, new int[0]).length;
    }

    private static INDArray reverse(INDArray array) {
        return array.permute(IntStream.iterate(array.rank() - 1, axis -> axis >= 0, axis -> axis - 1)
                .toArray());
    }
}
