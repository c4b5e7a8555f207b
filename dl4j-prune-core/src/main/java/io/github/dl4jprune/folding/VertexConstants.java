package io.github.dl4jprune.folding;

import io.github.dl4jprune.folding.ChannelConstant.Held;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** Vertex types that constants are followed through. */
final class VertexConstants {
    private VertexConstants() {}

    /**
     * What the vertex puts out; empty if its type is not followed.
     *
     * @param inputs constants of what it reads
     * @param width number of channels it puts out
     * @param axis their axis
     */
    static Optional<ConstantVector> output(GraphVertex vertex, List<ConstantVector> inputs, int width, int axis) {
        ConstantVector first = inputs.get(0);
        if (vertex instanceof ElementWiseVertex elementWise) {
            return Optional.of(elementWise(elementWise, inputs, width));
        }
        if (vertex instanceof MergeVertex) {
            ConstantVector all = ConstantVector.concatenate(inputs);
            return all.size() == width ? Optional.of(all) : alike(inputs, width);
        }
        if (vertex instanceof StackVertex) {
            return alike(inputs, width);
        }
        if (vertex instanceof SubsetVertex subset) {
            return Optional.of(axis == 1 ? first.range(subset.getFrom(), subset.getTo() + 1) : first);
        }
        if (vertex instanceof ScaleVertex scale) {
            return Optional.of(
                    first.map((i, held) -> new Held(held.value() * scale.getScaleFactor(), held.everywhere())));
        }
        if (vertex instanceof ShiftVertex shift) {
            return Optional.of(
                    first.map((i, held) -> new Held(held.value() + shift.getShiftFactor(), held.everywhere())));
        }
        boolean moves = vertex instanceof UnstackVertex
                || vertex instanceof PoolHelperVertex
                || vertex instanceof LastTimeStepVertex
                || vertex instanceof DuplicateToTimeSeriesVertex
                || vertex instanceof ReverseTimeSeriesVertex;
        return moves ? Optional.of(first) : Optional.empty();
    }

    private static ConstantVector elementWise(ElementWiseVertex vertex, List<ConstantVector> inputs, int width) {
        List<ConstantVector> full =
                inputs.stream().filter(input -> input.size() == width).toList();
        if (full.size() < inputs.size()) {
            // one channel broadcast over the others: none of them is constant
            return full.stream()
                    .findFirst()
                    .map(input -> input.lost("broadcast from a channel that stays"))
                    .orElse(ConstantVector.live(width));
        }
        ConstantVector combined = full.stream()
                .reduce((a, b) -> a.combine(b, (x, y) -> switch (vertex.getOp()) {
                    case Add, Average -> x + y;
                    case Subtract -> x - y;
                    case Product -> x * y;
                    case Max -> Math.max(x, y);
                }))
                .orElseThrow();
        return vertex.getOp() == ElementWiseVertex.Op.Average
                ? combined.map((i, held) -> new Held(held.value() / inputs.size(), held.everywhere()))
                : combined;
    }

    /** Inputs one after the other along another axis: one constant only if all have it. */
    private static Optional<ConstantVector> alike(List<ConstantVector> inputs, int width) {
        return inputs.stream().allMatch(input -> input.size() == width)
                ? inputs.stream().reduce(ConstantVector::whereEqual)
                : Optional.empty();
    }
}
