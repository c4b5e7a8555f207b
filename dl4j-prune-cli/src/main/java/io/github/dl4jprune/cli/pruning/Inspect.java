package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.PinnedLayer;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cli.compression.CompressedSizes;
import io.github.dl4jprune.cli.console.Size;
import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/** Lists a model's layers, groups and costs. */
final class Inspect {
    private final InspectCommand asked;

    Inspect(InspectCommand asked) {
        this.asked = asked;
    }

    int run() {
        asked.output.check();
        if (CompressedFile.isCompressed(asked.model)) {
            asked.output.requireEffect("--input-shape", false, "on a compressed file");
            CompressedSizes sizes = new CompressedSizes(CompressedFile.read(asked.model));
            asked.output.finish(sizes.table(), sizes.json());
            return 0;
        }
        SavedModel model = asked.inputShape.applyTo(ModelFile.read(asked.model));
        NetworkView<Model> network = NetworkView.of(model.network());
        ChannelGraph graph = ChannelGraph.of(network);
        InputTypes inputs = ModelInputs.types(model);
        CostModel costs = new CostModel(network, graph, inputs);
        ChannelMask whole = ChannelMask.none(graph);
        Size size = Size.of(model, costs.of(whole));
        List<PinnedLayer> pinned = PinnedLayer.in(graph);
        List<InspectedLayer> layers = InspectedLayer.list(network, graph, pinned, costs.byLayer(whole));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", model.network().getClass().getSimpleName());
        json.put("dataType", network.dataType().name());
        json.put("inputShapes", inputs.shapes());
        json.put("inputOrigin", inputs.origin());
        json.put(
                "normalizer",
                model.normalizer() == null ? "" : model.normalizer().getClass().getSimpleName());
        json.put("parameters", size.parameters());
        json.put("macs", size.macs());
        json.put("fixedMacs", size.fixedMacs());
        json.put("bytes", size.bytes());
        json.put("layers", layers);
        json.put("groups", graph.groups().stream().map(Group::of).toList());
        json.put("unprunable", pinned);
        asked.output.finish(table(layers) + System.lineSeparator() + summary(network, inputs, size), json);
        return 0;
    }

    private static String table(List<InspectedLayer> layers) {
        return Table.of(
                layers,
                List.of(
                        Table.words("layer", InspectedLayer::name),
                        Table.words("type", InspectedLayer::type),
                        Table.count("channels", InspectedLayer::channels),
                        Table.count("parameters", InspectedLayer::parameters),
                        Table.count("MACs", InspectedLayer::macs),
                        Table.words("group, or why not", layer -> (layer.group() + " " + layer.pinned()).strip())));
    }

    private static String summary(NetworkView<Model> network, InputTypes inputs, Size size) {
        return String.format(
                Locale.ROOT,
                "%s, %s, input %s (%s)%n%,d parameters, %,d MACs for one example (%,d more are fixed), %,d bytes",
                network.model().getClass().getSimpleName(),
                network.dataType(),
                ModelInputs.text(inputs.shapes()),
                inputs.origin().name().toLowerCase(Locale.ROOT),
                size.parameters(),
                size.macs(),
                size.fixedMacs(),
                size.bytes());
    }

    /** Channels that compete with each other. */
    record Group(String name, List<String> layers, int width) {
        static Group of(ChannelGroup group) {
            return new Group(group.name(), group.producers(), group.width());
        }
    }
}
