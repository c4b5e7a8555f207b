package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.folding.ChannelConstant.Held;
import io.github.dl4jprune.folding.ChannelConstant.Live;
import io.github.dl4jprune.folding.ChannelConstant.Unknown;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/**
 * Follows constants through a network in topological order. Channel classes that cannot be left speaking, because
 * something without weights listens to all channels or because they do not stay constant, are found on the way and
 * silenced from the start.
 */
final class ConstantTrace {
    private final NetworkView<? extends Model> network;
    private final ChannelMask mask;
    private final ChannelGraph graph;
    private final Map<Integer, String> silenced;
    private final Map<String, ConstantVector> inputs = new HashMap<>();
    private final Map<String, ConstantVector> outputs = new HashMap<>();

    private ConstantTrace(NetworkView<? extends Model> network, ChannelMask mask, Map<Integer, String> silenced) {
        this.network = network;
        this.mask = mask;
        this.graph = mask.graph();
        this.silenced = silenced;
    }

    /** Follows the constants of all channels that the mask prunes. */
    static ConstantTrace of(NetworkView<? extends Model> network, ChannelMask mask) {
        Map<Integer, String> silenced = new LinkedHashMap<>();
        while (true) {
            int before = silenced.size();
            ConstantTrace trace = new ConstantTrace(network, mask, silenced);
            trace.walk();
            if (silenced.size() == before) {
                return trace;
            }
        }
    }

    /** Constants of what a layer reads, behind its preprocessor; as long as its input ids. */
    ConstantVector input(String node) {
        return inputs.getOrDefault(node, ConstantVector.live(0));
    }

    /** Whether the channel of that id is pruned and must be zero everywhere. */
    boolean silences(int id) {
        return mask.prunes(id) && silenced.containsKey(graph.classOf(id));
    }

    private void walk() {
        for (NetworkNode node : network.structure().nodes()) {
            int[] ids = graph.outputIds(node.name()).orElse(new int[0]);
            outputs.put(node.name(), cleaned(output(node, ids), ids));
        }
    }

    private ConstantVector output(NetworkNode node, int[] ids) {
        if (node.content() instanceof LayerContent content) {
            return layer(node, content, ids);
        }
        if (node.content() instanceof VertexContent content) {
            return vertex(node, content, ids);
        }
        return ConstantVector.live(ids.length);
    }

    private ConstantVector layer(NetworkNode node, LayerContent content, int[] ids) {
        int[] inputIds = graph.inputIds(node.name()).orElse(new int[0]);
        ConstantVector input = behindPreprocessor(node, content.preProcessor() != null, inputIds);
        inputs.put(node.name(), input);
        if (Wrapped.masksZeros(content.layer())) {
            silence(input, inputIds, "layer \"" + node.name() + "\" masks time steps that are zero");
        }
        Layer layer = Wrapped.innermost(content.layer());
        int axis = ids.length == 0 ? 1 : graph.channelAxis(node.name());
        LayerReading reading = new LayerReading(node.name(), network.parameters(node.name()), input, ids.length, axis);
        return prunes(ids)
                ? LayerConstants.output(layer, reading).orElseGet(() -> lost(node, ids, layer.getClass()))
                : ConstantVector.live(ids.length);
    }

    private ConstantVector vertex(NetworkNode node, VertexContent content, int[] ids) {
        if (!prunes(ids)) {
            return ConstantVector.live(ids.length);
        }
        List<ConstantVector> read = new ArrayList<>();
        for (String source : node.inputs()) {
            read.add(outputs.getOrDefault(source, ConstantVector.live(0)));
        }
        if (content.vertex() instanceof PreprocessorVertex) {
            return behindPreprocessor(node, true, ids);
        }
        if (content.vertex() instanceof L2NormalizeVertex) {
            silence(read.get(0), ids, "vertex \"" + node.name() + "\" takes the norm over all channels");
            return read.get(0);
        }
        return VertexConstants.output(content.vertex(), read, ids.length, graph.channelAxis(node.name()))
                .orElseGet(() -> lost(node, ids, content.vertex().getClass()));
    }

    /** Preprocessors move channels: constants go with the ids, where all positions of an id have the same. */
    private ConstantVector behindPreprocessor(NetworkNode node, boolean preprocessed, int[] ids) {
        ConstantVector source = outputs.getOrDefault(node.inputs().get(0), ConstantVector.live(0));
        if (!preprocessed || !prunes(ids)) {
            return preprocessed ? ConstantVector.live(ids.length) : source;
        }
        int[] sourceIds = graph.outputIds(node.inputs().get(0)).orElse(new int[0]);
        Map<Integer, ChannelConstant> byId = new HashMap<>();
        ChannelConstant ambiguous =
                new Unknown("one channel with several constants is flattened before \"" + node.name() + "\"");
        for (int i = 0; i < sourceIds.length; i++) {
            byId.merge(sourceIds[i], source.at(i), (a, b) -> a.equals(b) ? a : ambiguous);
        }
        return ConstantVector.of(IntStream.of(ids)
                .mapToObj(id ->
                        id == ParameterAxis.FIXED ? ChannelConstant.LIVE : byId.getOrDefault(id, ChannelConstant.LIVE))
                .toList());
    }

    private ConstantVector lost(NetworkNode node, int[] ids, Class<?> type) {
        ConstantVector all = ConstantVector.held(new double[ids.length])
                .lost("\"" + node.name() + "\" (" + type.getSimpleName() + ") does not put out a constant");
        silence(all, ids, "");
        return all;
    }

    /** Silences what is pruned there and not zero. */
    private void silence(ConstantVector constants, int[] ids, String reason) {
        for (int i = 0; i < ids.length; i++) {
            ChannelConstant constant = constants.at(i);
            boolean zero = constant instanceof Held held && held.isZero();
            if (mask.prunes(ids[i]) && !zero) {
                String why = constant instanceof Unknown unknown ? unknown.reason() : reason;
                silenced.putIfAbsent(graph.classOf(ids[i]), why);
            }
        }
    }

    /** Brings a vector in line with the mask: what stays is live, and nothing pruned is. */
    private ConstantVector cleaned(ConstantVector found, int[] ids) {
        return ConstantVector.of(IntStream.range(0, ids.length)
                .mapToObj(i -> cleaned(i < found.size() ? found.at(i) : ChannelConstant.LIVE, ids[i]))
                .toList());
    }

    private ChannelConstant cleaned(ChannelConstant constant, int id) {
        if (!mask.prunes(id)) {
            return ChannelConstant.LIVE;
        }
        @Nullable String reason = silenced.get(graph.classOf(id));
        if (reason != null) {
            return new Unknown(reason);
        }
        return constant instanceof Live ? new Unknown("not followed") : constant;
    }

    private boolean prunes(int[] ids) {
        return IntStream.of(ids).anyMatch(mask::prunes);
    }
}
