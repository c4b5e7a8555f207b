package io.github.dl4jprune.surgery;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.Blueprint;
import io.github.dl4jprune.network.LayerResizer;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.PReLULayer;

/** Writes the widths that a mask leaves over into a copied configuration. */
final class ConfigurationEdit {
    private final Blueprint<? extends Model> blueprint;
    private final ChannelMask mask;
    private final ChannelGraph graph;

    ConfigurationEdit(Blueprint<? extends Model> blueprint, ChannelMask mask) {
        this.blueprint = blueprint;
        this.mask = mask;
        this.graph = mask.graph();
    }

    void apply() {
        for (NetworkNode node : blueprint.structure().nodes()) {
            if (node.content() instanceof LayerContent content) {
                edit(node, content);
            } else if (node.content() instanceof VertexContent content) {
                edit(node, content);
            }
        }
    }

    private void edit(NetworkNode node, LayerContent content) {
        Optional<int[]> in = graph.inputIds(node.name());
        Optional<int[]> out = graph.unitIds(node.name()).or(() -> graph.outputIds(node.name()));
        boolean touched = shrinks(in) || shrinks(out);
        if (touched && content.layer() instanceof PReLULayer prelu) {
            int axis = graph.channelAxis(node.name()) - 1;
            prelu.getInputShape()[axis] = in.map(this::width).orElseThrow();
        } else if (touched) {
            int fixedIn = fixedWidth(content);
            LayerResizer.resize(
                    content.layer(),
                    in.map(this::width).orElse(fixedIn),
                    out.map(this::width).orElse(fixedIn));
        }
        InputPreProcessor preProcessor = content.preProcessor();
        Optional<int[]> raw = graph.outputIds(node.inputs().get(0));
        if (preProcessor != null && in.isPresent() && raw.isPresent() && (shrinks(in) || shrinks(raw))) {
            InputPreProcessor resized = PreprocessorResizer.resize(preProcessor, width(raw.get()), width(in.get()));
            blueprint.replacePreProcessor(node.name(), resized);
        }
    }

    /** The width of what a layer reads where the channel graph does not know it: what its configuration says. */
    private static int fixedWidth(LayerContent content) {
        return Math.toIntExact(LayerWidths.in(content.layer()));
    }

    private void edit(NetworkNode node, VertexContent content) {
        Optional<int[]> in = graph.inputIds(node.name());
        if (!shrinks(in)) {
            return;
        }
        if (content.vertex() instanceof SubsetVertex subset && graph.channelAxis(node.name()) == 1) {
            int[] ids = in.get();
            int from = keptBelow(ids, subset.getFrom());
            int to = keptBelow(ids, subset.getTo() + 1) - 1;
            subset.setFrom(from);
            subset.setTo(to);
        } else if (content.vertex() instanceof PreprocessorVertex vertex) {
            int after = graph.outputIds(node.name()).map(this::width).orElse(0);
            vertex.setPreProcessor(PreprocessorResizer.resize(vertex.getPreProcessor(), width(in.get()), after));
        }
    }

    private int keptBelow(int[] ids, int end) {
        return (int) IntStream.range(0, end).filter(i -> !mask.prunes(ids[i])).count();
    }

    private boolean shrinks(Optional<int[]> ids) {
        return ids.isPresent() && width(ids.get()) < ids.get().length;
    }

    private int width(int[] ids) {
        return mask.kept(ids).length;
    }
}
