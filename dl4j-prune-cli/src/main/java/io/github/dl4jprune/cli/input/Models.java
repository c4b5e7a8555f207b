package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.acceleration.OneDnnStatus;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.slf4j.LoggerFactory;

/** Model files opened to be run: with oneDNN where it can be had. */
public final class Models {
    private Models() {}

    /** Reads a model file; errors name it. */
    public static SavedModel open(Path file) {
        OneDnnStatus status = OneDnn.enable(); // helps only networks built after it
        if (!status.enabled() && status.state() != OneDnnStatus.State.REFUSED_BY_PROPERTY) {
            LoggerFactory.getLogger(Models.class).warn("slow layers: {}", status.reason());
        }
        return ModelFile.read(file);
    }

    /** Parameters and multiply-adds of a whole network. */
    public static Cost cost(SavedModel model) {
        NetworkView<Model> network = NetworkView.of(model.network());
        ChannelGraph graph = ChannelGraph.of(network);
        return new CostModel(network, graph, ModelInputs.types(model)).of(ChannelMask.none(graph));
    }
}
