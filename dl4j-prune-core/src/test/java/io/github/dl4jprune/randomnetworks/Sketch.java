package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/**
 * A network while it is being drawn. Types are inferred node by node with the sizes set by hand at once, because DL4J's own
 * whole-network inference is wrong for some vertices.
 */
final class Sketch {
    /** One layer (with its preprocessor) or vertex. */
    record Node(
            String name,
            @Nullable Layer layer,
            @Nullable GraphVertex vertex,
            @Nullable InputPreProcessor preProcessor,
            List<String> inputs) {}

    /** One network input; {@code vocabulary} of 0 means real numbers, otherwise indexes below it. */
    record Source(String name, InputType type, int vocabulary) {}

    /** What the labels of an output look like. */
    enum Labels {
        REAL,
        ONE_HOT,
        BOXES
    }

    private final List<Source> sources = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Labels> outputs = new LinkedHashMap<>();
    private final Map<String, InputType> types = new LinkedHashMap<>();
    private final Set<String> features = new TreeSet<>();

    private final boolean graph;

    Sketch(boolean graph) {
        this.graph = graph;
    }

    Flow input(InputType type) {
        return input(type, 0);
    }

    Flow input(InputType type, int vocabulary) {
        String name = graph ? "in" + sources.size() : "input";
        sources.add(new Source(name, type, vocabulary));
        types.put(name, type);
        return new Flow(name, type);
    }

    Flow layer(Layer layer, Flow in) {
        return layer(layer, layer.getPreProcessorForInputType(in.type()), in);
    }

    Flow layer(Layer layer, @Nullable InputPreProcessor preProcessor, Flow in) {
        InputType type = preProcessor == null ? in.type() : preProcessor.getOutputType(in.type());
        layer.setNIn(type, true);
        InputType out = layer.getOutputType(nodes.size(), type);
        return typedLayer(
                layer, preProcessor, in, out instanceof InputTypeConvolutional3D volume ? first(volume) : out);
    }

    // Some layers' own inference forgets the format.
    private static InputType first(InputTypeConvolutional3D type) {
        return InputType.convolutional3D(
                Convolution3D.DataFormat.NCDHW, type.getDepth(), type.getHeight(), type.getWidth(), type.getChannels());
    }

    /** An embedding of indexes. */
    Flow embedding(FeedForwardLayer layer, Flow in) {
        Source source = sources.stream()
                .filter(candidate -> candidate.name().equals(in.name()))
                .findFirst()
                .orElseThrow();
        layer.setNIn(source.vocabulary());
        return typedLayer(layer, null, in, InputType.feedForward(layer.getNOut()));
    }

    /** For layers whose own type inference is wrong. */
    Flow typedLayer(Layer layer, @Nullable InputPreProcessor preProcessor, Flow in, InputType out) {
        features.addAll(Features.of(layer, in));
        if (preProcessor != null) {
            features.add(Features.of(preProcessor, in));
        }
        return add(new Node(name(layer), layer, null, preProcessor, List.of(in.name())), out);
    }

    Flow vertex(GraphVertex vertex, InputType out, Flow... ins) {
        features.add(Features.of(vertex));
        List<String> names = new ArrayList<>();
        for (Flow in : ins) {
            names.add(in.name());
        }
        return add(new Node(name(vertex), null, vertex, null, names), out);
    }

    private Flow add(Node node, InputType out) {
        nodes.add(node);
        types.put(node.name(), out);
        return new Flow(node.name(), out);
    }

    private String name(Object part) {
        int index = nodes.size();
        if (!graph && index % 6 == 2) {
            return "layer" + index; // DL4J's own name for a layer without one
        }
        if (nameless(index)) {
            return String.valueOf(index);
        }
        String kind = part.getClass().getSimpleName().replaceAll("(Layer|Vertex)$", "");
        return kind.toLowerCase(Locale.ROOT) + index;
    }

    /** Whether the configuration has no name for that layer, as in networks saved by older releases. */
    boolean nameless(int index) {
        return !graph && index % 6 == 5;
    }

    void output(Flow flow, Labels labels) {
        outputs.put(flow.name(), labels);
    }

    void feature(String name) {
        features.add(name);
    }

    /** Whether everything up to here is frozen. */
    boolean frozen(Flow flow) {
        return sources.stream().anyMatch(source -> source.name().equals(flow.name()))
                || nodes.stream()
                        .anyMatch(node -> node.name().equals(flow.name()) && node.layer() instanceof FrozenLayer);
    }

    /** Whether this comes straight from a layer with a bias and an activation function that hits zero nowhere but at zero. */
    boolean neverZero(Flow flow) {
        return nodes.stream().anyMatch(node -> node.name().equals(flow.name()) && neverZero(node.layer()));
    }

    private static boolean neverZero(@Nullable Layer layer) {
        if (layer instanceof ConvolutionLayer convolution) {
            return convolution.hasBias() && !(convolution.getActivationFn() instanceof ActivationReLU);
        }
        return layer instanceof LSTM;
    }

    int size() {
        return nodes.size();
    }

    List<Source> sources() {
        return sources;
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<String, Labels> outputs() {
        return outputs;
    }

    Map<String, InputType> types() {
        return types;
    }

    Set<String> features() {
        return features;
    }
}
