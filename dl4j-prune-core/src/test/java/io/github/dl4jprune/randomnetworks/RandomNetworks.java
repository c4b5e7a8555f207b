package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Draws networks of 6 to about 20 layers, small enough to train a step in milliseconds. The same seed and options draw the same. */
public final class RandomNetworks {
    private static final double GRAPHS = 0.67;

    private RandomNetworks() {}

    /** A network with plain gradient descent and any activation function. */
    public static RandomNetwork of(long seed) {
        return of(seed, NetworkOptions.defaults());
    }

    /** A network that respects the options. */
    public static RandomNetwork of(long seed, NetworkOptions options) {
        Pen pen = pen(seed, options);
        Family family = family(pen.choices(), options);
        draw(pen, grammar(pen, family));
        return assemble(pen, "seed " + seed + ", " + family);
    }

    /** The structure that {@link #of} draws for a seed, without making the network: for seeds that DL4J refuses. */
    public static String describe(long seed, NetworkOptions options) {
        Pen pen = pen(seed, options);
        Family family = family(pen.choices(), options);
        draw(pen, grammar(pen, family));
        return describe(pen, "seed " + seed + ", " + family);
    }

    /** The rules met by what {@link #of} draws for a seed, without making the network. */
    static Set<String> features(long seed, NetworkOptions options) {
        Pen pen = pen(seed, options);
        draw(pen, grammar(pen, family(pen.choices(), options)));
        return pen.sketch().features();
    }

    private static Pen pen(long seed, NetworkOptions options) {
        Choices choices = new Choices(seed);
        boolean graph = choices.chance(GRAPHS);
        return new Pen(new Sketch(graph), choices, options, graph);
    }

    private static Family family(Choices choices, NetworkOptions options) {
        List<Family> weighted = new ArrayList<>();
        for (Family family : Family.values()) {
            if (options.families().contains(family)) {
                weighted.addAll(java.util.Collections.nCopies(weight(family), family));
            }
        }
        return choices.oneOf(weighted);
    }

    private static int weight(Family family) {
        return switch (family) {
            case CNN_2D -> 9;
            case RECURRENT -> 5;
            case FEED_FORWARD, CNN_1D -> 3;
            case CNN_3D -> 2;
        };
    }

    private static Grammar grammar(Pen pen, Family family) {
        return switch (family) {
            case CNN_2D -> new Cnn2dGrammar(pen);
            case CNN_1D -> new Cnn1dGrammar(pen);
            case CNN_3D -> new Cnn3dGrammar(pen);
            case RECURRENT -> new RecurrentGrammar(pen);
            case FEED_FORWARD -> new FeedForwardGrammar(pen);
        };
    }

    private static void draw(Pen pen, Grammar grammar) {
        Choices choices = pen.choices();
        int last = choices.between(5, 16);
        int firstJoin = choices.between(1, 3);
        Joins joins = new Joins(pen, grammar);
        Flow flow = grammar.start();
        while (pen.sketch().size() < last) {
            if (pen.graph() && (firstJoin-- == 0 || choices.chance(0.2))) {
                flow = joins.join(flow);
            } else if (pen.graph() && choices.chance(0.15)) {
                flow = joins.vertex(flow);
            } else {
                flow = grammar.step(flow);
            }
            if (pen.graph() && choices.chance(0.03)) {
                pen.sketch().feature("Multi-output");
                grammar.finish(flow);
            }
        }
        grammar.finish(flow);
    }

    private static RandomNetwork assemble(Pen pen, String origin) {
        Sketch sketch = pen.sketch();
        Assembly assembly = new Assembly(sketch, pen.choices(), pen.options());
        Model network = pen.graph() ? assembly.graph() : assembly.layers();
        new Weights(pen.choices()).vary(network);
        Data data = new Data(sketch, pen.choices());
        INDArray[] inputs = data.inputs();
        RandomNetwork unlabelled = new RandomNetwork(
                network, inputs, new INDArray[0], sketch.types(), sketch.features(), describe(pen, origin));
        INDArray[] labels = data.labels(unlabelled.output());
        return new RandomNetwork(network, inputs, labels, sketch.types(), sketch.features(), unlabelled.description());
    }

    private static String describe(Pen pen, String origin) {
        StringBuilder text =
                new StringBuilder(origin).append(pen.graph() ? ", ComputationGraph" : ", MultiLayerNetwork");
        pen.sketch()
                .sources()
                .forEach(
                        in -> text.append("\n  ").append(in.name()).append(": ").append(in.type()));
        for (Sketch.Node node : pen.sketch().nodes()) {
            text.append("\n  ").append(node.name()).append(" <- ").append(node.inputs());
            if (node.preProcessor() != null) {
                text.append(" through ").append(node.preProcessor().getClass().getSimpleName());
            }
            text.append(" -> ").append(pen.sketch().types().get(node.name()));
        }
        return text.toString();
    }
}
