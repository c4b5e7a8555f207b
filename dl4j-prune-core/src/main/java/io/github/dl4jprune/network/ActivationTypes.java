package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.Input;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.jspecify.annotations.Nullable;

/**
 * The spatial and temporal size of every activation, given those of the inputs. Channel counts in these types are
 * those of the configuration where a layer states them and may be wrong behind vertices: use the channel graph for
 * channels.
 *
 * <p>DL4J's own inference is used for layers and preprocessors only: for whole graphs it edits the configuration, and it
 * gets vertices such as SubsetVertex wrong.
 */
public final class ActivationTypes {
    private final Map<String, InputType> read = new HashMap<>();
    private final Map<String, InputType> written = new HashMap<>();

    private ActivationTypes() {}

    /**
     * Follows types through a network.
     *
     * @param inputTypes one for each input, in the network's order
     */
    public static ActivationTypes of(NetworkStructure structure, List<InputType> inputTypes) {
        ActivationTypes types = new ActivationTypes();
        int input = 0;
        for (NetworkNode node : structure.nodes()) {
            if (node.content() instanceof Input) {
                types.written.put(node.name(), inputTypes.get(input++));
            } else {
                types.follow(node);
            }
        }
        return types;
    }

    private void follow(NetworkNode node) {
        List<InputType> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
            InputType type = written.get(name);
            if (type == null) {
                return;
            }
            inputs.add(type);
        }
        try {
            InputType output = node.content() instanceof LayerContent content
                    ? layer(node.name(), content, inputs.get(0))
                    : vertex(node, ((VertexContent) node.content()).vertex(), inputs);
            if (output != null) {
                written.put(node.name(), output);
            }
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException | DL4JException e) {
            // this layer type states no output type for what it reads; types behind it stay unknown
            written.remove(node.name());
        }
    }

    private InputType layer(String name, LayerContent content, InputType input) {
        InputType type =
                content.preProcessor() == null ? input : content.preProcessor().getOutputType(input);
        read.put(name, type);
        // locally connected layers overwrite their own sizes when asked
        Layer layer = content.layer() instanceof AbstractSameDiffLayer
                ? content.layer().clone()
                : content.layer();
        return layer.getOutputType(0, type);
    }

    private @Nullable InputType vertex(NetworkNode node, GraphVertex vertex, List<InputType> inputs) {
        InputType first = inputs.get(0);
        read.put(node.name(), first);
        if (vertex instanceof PreprocessorVertex preprocessor) {
            return preprocessor.getPreProcessor().getOutputType(first);
        }
        if (vertex instanceof LastTimeStepVertex && first instanceof InputTypeRecurrent recurrent) {
            return InputType.feedForward(recurrent.getSize());
        }
        if (vertex instanceof DuplicateToTimeSeriesVertex duplicate
                && first instanceof InputTypeFeedForward feedForward
                && written.get(duplicate.getInputName()) instanceof InputTypeRecurrent series) {
            return InputType.recurrent(feedForward.getSize(), series.getTimeSeriesLength());
        }
        if (vertex instanceof PoolHelperVertex && first instanceof InputTypeConvolutional image) {
            return InputType.convolutional(
                    image.getHeight() - 1, image.getWidth() - 1, image.getChannels(), image.getFormat());
        }
        return inputs.stream().reduce((a, b) -> size(b) > size(a) ? b : a).orElse(first);
    }

    /** Number of positions a channel has: pixels, voxels, time steps; 1 for feed-forward activations. */
    public static long size(InputType type) {
        if (type instanceof InputTypeConvolutional image) {
            return image.getHeight() * image.getWidth();
        }
        if (type instanceof InputType.InputTypeConvolutional3D volume) {
            return volume.getDepth() * volume.getHeight() * volume.getWidth();
        }
        if (type instanceof InputTypeRecurrent series) {
            return Math.max(1, series.getTimeSeriesLength());
        }
        return 1;
    }

    /** What a node reads, behind its preprocessor, if known. */
    public Optional<InputType> read(String node) {
        return Optional.ofNullable(read.get(node));
    }

    /** What a node puts out, if known. */
    public Optional<InputType> written(String node) {
        return Optional.ofNullable(written.get(node));
    }
}
