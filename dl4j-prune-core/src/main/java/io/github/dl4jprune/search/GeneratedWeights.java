package io.github.dl4jprune.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.generation.PruningNet;
import io.github.dl4jprune.generation.PruningNetProgress;
import io.github.dl4jprune.generation.PruningNetTraining;
import io.github.dl4jprune.network.NetworkView;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A PruningNet that a search trains, or finds trained, before it begins.
 *
 * @param training how
 * @param data on which
 * @param progress who hears of it
 */
record GeneratedWeights(PruningNetTraining training, DataSetIterator data, PruningNetProgress progress) {
    <N extends Model> PruningNet<N> net(
            NetworkView<N> network, ChannelGraph graph, Candidates candidates, PruningNetFile file) {
        PruningNet<N> net = new PruningNet<>(network, graph, candidates, training.seed());
        if (!file.read(net)) {
            training.train(net, data, progress);
            file.write(net);
        }
        return net;
    }
}
