package io.github.dl4jprune.generation;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * MetaPruning's PruningNet: gives a network of any {@link Widths} its weights. Weights are generated from the fractions of
 * channels kept along their axes, and cropped; each vector, such as a bias or the scales of a batch normalisation, has a row for
 * every width; what is never pruned is shared. Trained on random widths, it ranks widths by one inference pass each.
 *
 * <p>It begins as the network itself: before training, every width has the weights that it would inherit. The published one
 * begins at random; for that, give a network that is not trained. Frozen layers and running statistics are inherited, not
 * trained: measure the statistics anew before a candidate is judged.
 *
 * <p>Memory: {@code 2 (32 + 1)} numbers for each generated weight. Cost of an iteration: two surgeries, and the forward and
 * backward pass of one candidate.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @see <a href="https://arxiv.org/abs/1903.10258">Liu et al. (2019), MetaPruning: Meta Learning for Automatic Neural Network
 *     Channel Pruning</a>
 */
public final class PruningNet<N extends Model> {
    private final NetworkView<N> network;
    private final NumberedNetwork numbers;
    private final Widths widths;
    private final List<Segment> segments = new ArrayList<>();

    /** Where in the vector of all parameters one lies, and where it comes from. */
    private record Segment(int start, int end, ParameterSource source) {}

    /** A network, and where each of its parameters lies among those of the unpruned one. */
    private record Candidate<N extends Model>(NetworkView<N> view, int[] kept) {}

    /**
     * A PruningNet that is not yet trained.
     *
     * @param network copied; its updater plays no part
     * @param graph of the network, over which the widths are
     * @param widths that it may have
     * @param seed of the generators' first layers
     */
    public PruningNet(NetworkView<N> network, ChannelGraph graph, Widths widths, long seed) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            this.network = network.copyWithoutListeners();
            this.numbers = new NumberedNetwork(this.network);
            this.widths = widths;
            cut(new ParameterSources(this.network, graph, widths, new SplittableRandom(seed)));
        }
    }

    private void cut(ParameterSources sources) {
        INDArray flat = flat(network);
        for (NetworkNode node : network.structure().nodes()) {
            network.parameters(node.name()).forEach((key, parameter) -> {
                int start = numbers.start(node.name(), key);
                int end = start + (int) parameter.length();
                INDArray values = flat.get(NDArrayIndex.interval(start, end));
                segments.add(new Segment(start, end, sources.of(node.name(), key, values)));
            });
        }
    }

    private static INDArray flat(NetworkView<? extends Model> view) {
        return view.flatParameters().reshape(view.flatParameters().length());
    }

    /**
     * A network of the given widths, with the weights that are generated for it, without listeners.
     *
     * @param entries as {@link Widths#mask} takes them
     */
    public N network(List<Integer> entries) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return candidate(entries).view.model();
        }
    }

    private Candidate<N> candidate(List<Integer> entries) {
        ChannelMask mask = widths.mask(entries);
        NetworkView<N> small = NetworkView.of(Surgery.shrink(network, mask));
        int[] kept = numbers.kept(mask);
        double[] whole = new double[(int) flat(network).length()];
        for (Segment segment : segments) {
            double[] values = segment.source.values(entries).toDoubleVector();
            System.arraycopy(values, 0, whole, segment.start, values.length);
        }
        double[] cropped =
                Arrays.stream(kept).mapToDouble(position -> whole[position]).toArray();
        flat(small).assign(Nd4j.createFromArray(cropped));
        return new Candidate<>(small, kept);
    }

    /**
     * One step on one minibatch at one vector of widths.
     *
     * @param rate learning rate
     * @param training for all but the rate
     * @return the loss before the step
     */
    double learn(List<Integer> entries, DataSet batch, double rate, PruningNetTraining training) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Candidate<N> candidate = candidate(entries);
            INDArray gradient = candidate.view.gradient(batch).divi(batch.numExamples());
            double loss = candidate.view.model().score();
            spread(gradient.toDoubleVector(), candidate.kept, entries, rate, training);
            return loss;
        }
    }

    private void spread(
            double[] gradient, int[] kept, List<Integer> entries, double rate, PruningNetTraining training) {
        double[] whole = new double[(int) flat(network).length()];
        for (int i = 0; i < kept.length; i++) {
            whole[kept[i]] = gradient[i];
        }
        for (Segment segment : segments) {
            INDArray own = Nd4j.createFromArray(Arrays.copyOfRange(whole, segment.start, segment.end))
                    .castTo(network.dataType());
            segment.source.learn(entries, own, rate, training);
        }
    }

    /** The widths that it may have. */
    Widths widths() {
        return widths;
    }

    /** Writes what was trained. */
    public void write(DataOutputStream out) throws IOException {
        for (Segment segment : segments) {
            segment.source.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote for the same network and widths.
     *
     * @throws IOException if there is less, or something else
     */
    public void read(DataInputStream in) throws IOException {
        for (Segment segment : segments) {
            segment.source.read(in);
        }
    }
}
