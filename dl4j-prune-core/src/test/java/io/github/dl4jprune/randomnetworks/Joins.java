package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** The vertices of a computation graph: sums, concatenations and everything between two branches. */
final class Joins {
    private final Pen pen;
    private final Choices choices;
    private final Grammar grammar;
    private final Moves joining = new Moves();
    private final Moves single = new Moves();

    Joins(Pen pen, Grammar grammar) {
        this.pen = pen;
        this.choices = pen.choices();
        this.grammar = grammar;
        joining.add(this::residual)
                .add(this::residual)
                .add(this::projection)
                .add(Joins::mergeable, this::concatenation)
                .add(Joins::mergeable, this::dense)
                .add(this::broadcast)
                .add(Joins::sliceable, this::shuffle)
                .add(Joins::mergeable, this::shared)
                .add(this::secondInput);
        single.add(in -> vertex(new ScaleVertex(choices.between(0.5, 1.5)), in))
                .add(in -> vertex(new ShiftVertex(choices.between(-0.5, 0.5)), in))
                .add(in -> in.type() instanceof InputTypeFeedForward, in -> vertex(new L2NormalizeVertex(), in))
                .add(Joins::sliceable, this::subset)
                .add(Joins::image, this::poolHelper)
                .add(Joins::image, this::poolHelper)
                .add(Joins::image, this::poolHelper)
                .add(Joins::image, this::poolHelper)
                .add(Joins::image, this::poolHelper)
                .add(Joins::image, this::poolHelper)
                .add(Joins::reshapeable, this::reshape)
                .add(Joins::reshapeable, this::reshape);
    }

    /** A sum or a concatenation. */
    Flow join(Flow in) {
        return joining.any(in, choices);
    }

    /** A vertex with one input. */
    Flow vertex(Flow in) {
        return single.any(in, choices);
    }

    private Flow residual(Flow in) {
        Flow body = grammar.mix(in, in.channels());
        if (choices.chance(0.5)) {
            body = grammar.mix(body, in.channels());
        }
        return sum(in.type(), in, body);
    }

    private Flow projection(Flow in) {
        int channels = pen.width();
        List<Flow> branches = new ArrayList<>();
        for (int i = choices.between(2, 3); i > 0; i--) {
            branches.add(grammar.mix(in, channels));
        }
        return sum(branches.get(0).type(), branches.toArray(Flow[]::new));
    }

    private Flow sum(InputType type, Flow... branches) {
        Op op = choices.oneOf(Op.values());
        boolean allowed = op != Op.Subtract || branches.length == 2;
        return pen.sketch().vertex(new ElementWiseVertex(allowed ? op : Op.Add), type, branches);
    }

    private Flow concatenation(Flow in) {
        List<Flow> branches = new ArrayList<>();
        for (int i = choices.between(2, 4); i > 0; i--) {
            branches.add(grammar.mix(in, choices.between(2, 4)));
        }
        return merge(branches.toArray(Flow[]::new));
    }

    private Flow dense(Flow in) {
        return merge(in, grammar.mix(in, choices.between(2, 4)));
    }

    private Flow merge(Flow... branches) {
        int channels = 0;
        for (Flow branch : branches) {
            channels += branch.channels();
        }
        MergeVertex merge = new MergeVertex();
        merge.setMergeAxis(
                branches[0].channelsFirst() ? 1 : branches[0].type() instanceof InputTypeConvolutional ? 3 : 2);
        return pen.sketch().vertex(merge, branches[0].typeWith(channels), branches);
    }

    private Flow broadcast(Flow in) {
        pen.sketch().feature("Broadcast");
        Flow gate = grammar.mix(in, 1);
        Op op = choices.oneOf(Op.Add, Op.Product);
        return pen.sketch().vertex(new ElementWiseVertex(op), in.type(), in, gate);
    }

    private Flow shuffle(Flow in) {
        int cut = choices.between(1, in.channels() - 1);
        Flow left = slice(in, 0, cut - 1);
        Flow right = slice(in, cut, in.channels() - 1);
        return merge(choices.chance(0.5) ? grammar.mix(right, right.channels()) : right, left);
    }

    private Flow subset(Flow in) {
        int from = choices.between(0, in.channels() - 1);
        return slice(in, from, choices.between(from, in.channels() - 1));
    }

    private Flow slice(Flow in, int from, int to) {
        return pen.sketch().vertex(new SubsetVertex(from, to), in.typeWith(to - from + 1), in);
    }

    private Flow shared(Flow in) {
        int channels = pen.width();
        Flow first = grammar.mix(in, channels);
        Flow second = grammar.mix(in, channels);
        Flow stacked = pen.sketch().vertex(new StackVertex(), first.type(), first, second);
        Flow both = grammar.mix(stacked, pen.width());
        Flow left = pen.sketch().vertex(new UnstackVertex(0, 2), both.type(), both);
        Flow right = pen.sketch().vertex(new UnstackVertex(1, 2), both.type(), both);
        return choices.chance(0.5) ? merge(left, right) : sum(left.type(), left, right);
    }

    private Flow secondInput(Flow in) {
        pen.sketch().feature("Multi-input");
        Flow other = pen.sketch().input(in.typeWith(choices.between(2, 4)));
        return mergeable(in) && choices.chance(0.5)
                ? merge(in, grammar.mix(other, pen.width()))
                : sum(in.type(), in, grammar.mix(other, in.channels()));
    }

    // Not square: DL4J's backward pass of PoolHelperVertex fails.
    private Flow poolHelper(Flow in) {
        Flow square = in.height() == in.width() ? in : squared(in);
        InputType type = InputType.convolutional(square.height() - 1, square.width() - 1, in.channels());
        return pen.sketch().vertex(new PoolHelperVertex(), type, square);
    }

    private Flow squared(Flow in) {
        int size = Math.min(in.height(), in.width());
        return pen.sketch().layer(new Cropping2D.Builder(0, in.height() - size, 0, in.width() - size).build(), in);
    }

    private Flow reshape(Flow in) {
        if (in.type() instanceof InputTypeFeedForward) {
            return pen.sketch().vertex(new ReshapeVertex(-1, in.channels()), in.type(), in);
        }
        int rows = in.width();
        int columns = in.height();
        InputType type = InputType.convolutional(rows, columns, in.channels());
        return pen.sketch().vertex(new ReshapeVertex(-1, in.channels(), rows, columns), type, in);
    }

    private Flow vertex(org.deeplearning4j.nn.conf.graph.GraphVertex vertex, Flow in) {
        return pen.sketch().vertex(vertex, in.type(), in);
    }

    // Neither backward through a merge of volumes nor unstacking them is implemented in DL4J.
    private static boolean mergeable(Flow in) {
        return !(in.type() instanceof InputTypeConvolutional3D);
    }

    private static boolean sliceable(Flow in) {
        // A subset of what a cropping layer left does not train in DL4J.
        return in.channelsFirst()
                && in.channels() >= 2
                && !in.name().startsWith("cropping")
                && !(in.type() instanceof InputTypeConvolutional3D);
    }

    private static boolean image(Flow in) {
        return in.type() instanceof InputTypeConvolutional && in.channelsFirst() && in.height() >= 3 && in.width() >= 3;
    }

    private static boolean reshapeable(Flow in) {
        return in.channelsFirst()
                && !(in.type() instanceof InputTypeConvolutional3D)
                && !(in.type() instanceof InputTypeRecurrent);
    }
}
