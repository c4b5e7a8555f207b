package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;

/**
 * Why an input shape cannot pass a network. Sizes are followed only through layers and vertices of DL4J that are known to
 * be followed exactly; what lies behind any other is not judged, and neither is a node about which the shape that the
 * configuration itself implies would raise the same objection.
 */
final class InputFit {
    private static final String OF_DL4J = "org.deeplearning4j.nn.conf.";
    private static final Set<Class<? extends GraphVertex>> EXACT_VERTICES = Set.of(
            ElementWiseVertex.class,
            MergeVertex.class,
            SubsetVertex.class,
            ScaleVertex.class,
            ShiftVertex.class,
            L2NormalizeVertex.class);

    private final NetworkStructure structure;
    private final InputTypeInference inference;

    InputFit(NetworkStructure structure) {
        this.structure = structure;
        this.inference = new InputTypeInference(structure);
    }

    Optional<String> misfit(List<long[]> shapes) {
        List<InputReader> readers = inference.readers();
        if (shapes.size() != readers.size()) {
            return Optional.of("it has " + readers.size() + (readers.size() == 1 ? " input" : " inputs") + ", got "
                    + shapes.size() + " shapes");
        }
        for (int i = 0; i < shapes.size(); i++) {
            Optional<String> bad = bad(shapes.get(i), readers.get(i));
            if (bad.isPresent()) {
                return bad;
            }
        }
        Map<String, String> objections = objections(inference.given(shapes));
        if (objections.isEmpty()) {
            return Optional.empty();
        }
        InputTypes implied = inference.infer();
        Map<String, String> always = objections(implied.types());
        return objections.entrySet().stream()
                .filter(objection -> !always.containsKey(objection.getKey()))
                .findFirst()
                .map(objection -> objection.getValue() + (always.isEmpty() ? fitting(implied) : ""));
    }

    private static String fitting(InputTypes implied) {
        return "; a shape that fits: "
                + implied.shapes().stream().map(Arrays::toString).collect(Collectors.joining(" and "));
    }

    /** What is wrong with a shape whatever the layers are. */
    private static Optional<String> bad(long[] shape, InputReader reader) {
        if (shape.length < 1 || shape.length > 4) {
            return Optional.of("an example has 1 to 4 axes");
        }
        int time = shape.length == 2 ? (reader.channelsLast() ? 0 : 1) : -1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 1 && !(axis == time && shape[axis] == -1)) {
                return Optional.of("sizes are at least 1" + (shape.length == 2 ? " (or -1: any number of steps)" : ""));
            }
        }
        double values = LongStream.of(shape).mapToDouble(Math::abs).reduce(1, (a, b) -> a * b);
        return values > Integer.MAX_VALUE
                ? Optional.of("one example has at most %d values".formatted(Integer.MAX_VALUE))
                : Optional.empty();
    }

    /** By node, what speaks against inputs of these types; in network order. */
    private Map<String, String> objections(List<InputType> inputs) {
        ActivationTypes types = ActivationTypes.of(structure, inputs);
        Set<String> exact = new HashSet<>();
        Map<String, String> objections = new LinkedHashMap<>();
        for (NetworkNode node : structure.nodes()) {
            boolean followed =
                    followable(node.content()) && node.inputs().stream().allMatch(exact::contains);
            if (followed) {
                objection(node, types).ifPresent(text -> objections.put(node.name(), text));
            }
            if (followed && types.written(node.name()).isPresent()) {
                exact.add(node.name());
            }
        }
        return objections;
    }

    private static boolean followable(NodeContent content) {
        if (content instanceof LayerContent layer) {
            boolean known = layer.preProcessor() == null
                    || layer.preProcessor().getClass().getName().startsWith(OF_DL4J + "preprocessor.");
            return known && layer.layer().getClass().getName().startsWith(OF_DL4J + "layers.");
        }
        return !(content instanceof VertexContent vertex)
                || EXACT_VERTICES.contains(vertex.vertex().getClass());
    }

    private static Optional<String> objection(NetworkNode node, ActivationTypes types) {
        List<InputType> inputs = new ArrayList<>();
        node.inputs().forEach(name -> types.written(name).ifPresent(inputs::add));
        if (node.content() instanceof LayerContent content) {
            return LayerInput.objection(content, inputs.get(0), types.read(node.name()))
                    .or(() -> types.written(node.name()).isPresent()
                            ? Optional.empty()
                            : Optional.of("cannot take " + Arrays.toString(InputTypes.shape(inputs.get(0)))))
                    .map(rule -> "layer \"" + node.name() + "\" " + rule);
        }
        return node.content() instanceof VertexContent vertex && disagree(vertex.vertex(), inputs)
                ? Optional.of("vertex \"%s\" joins arrays of one size, gets %s"
                        .formatted(
                                node.name(),
                                inputs.stream().map(LayerInput::positions).collect(Collectors.joining(" and "))))
                : Optional.empty();
    }

    /** Whether images of several sizes meet; element-wise vertices repeat one pixel over a whole image. */
    private static boolean disagree(GraphVertex vertex, List<InputType> inputs) {
        boolean repeats = vertex instanceof ElementWiseVertex;
        return inputs.stream()
                        .filter(InputTypeConvolutional.class::isInstance)
                        .map(LayerInput::positions)
                        .filter(positions -> !(repeats && positions.equals("1 x 1")))
                        .distinct()
                        .count()
                > 1;
    }
}
