package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fits the weights of layers that lost input channels anew, so that the channels that are left take over from those that are
 * gone. Layer by layer, from the input on, with X what the layer reads in the smaller network as rebuilt so far and Y what the original
 * sums up there, before its activation function:
 * <pre>
 * W' = argmin ‖Y - X W‖² + λ m ‖W - W₀‖²
 * </pre>
 * where W₀ are the weights that surgery left, the bias among them, and m is the mean square of X. Errors of earlier layers are made good
 * as far as later ones can, since Y is the original's. λ is chosen on examples that the fit does not see: of six strengths the
 * greatest that gains nearly as much as the best, because large weights that cancel each other train badly. A layer for which none is
 * better than W₀ stays as it is.
 *
 * <p>Two-dimensional convolutions, dense and output layers are fitted; others that lost inputs are listed. No labels are read.
 * Updater state and batch normalisation stay. The result is no longer the masked network, so verify before; and it is
 * a beginning that wants a lower learning rate than the bare cut does.
 *
 * <p>Cost: two inference passes over the examples, and for each layer {@code 20 d³} for its d inputs (channels times kernel
 * positions) and six times {@code d³ / 3} on the host. Memory: what all examples make at the layers that are still to be read, for
 * both networks, and {@code 6 d²} doubles beside the rows of a minibatch; take fewer examples where images are large.
 *
 * @see <a href="https://arxiv.org/abs/1707.06168">He et al. (2017), Channel Pruning for Accelerating Very Deep Neural
 *     Networks: the fit in step (ii) of section 3.1, against the unpruned network's outputs as in 3.2; here with a ridge, and
 *     without their choice of channels</a>
 */
public final class Reconstruction {
    private static final int EXAMPLES = 2000;
    private static final long SEED = 20260104;

    private final NetworkView<? extends Model> original;
    private final NetworkView<? extends Model> small;
    private final ChannelMask mask;
    private int examples = EXAMPLES;
    private Consumer<RebuiltLayer> progress = layer -> {};

    private Reconstruction(
            NetworkView<? extends Model> original, NetworkView<? extends Model> small, ChannelMask mask) {
        this.original = original;
        this.small = small;
        this.mask = mask;
    }

    /**
     * Of a network that surgery has shrunk; starts with at most {@value #EXAMPLES} examples.
     *
     * @param original the network before surgery; left untouched
     * @param small the shrunk network; its weights will change
     * @param mask what was removed, over the original's channel graph, as in {@code PruningResult.mask()}
     * @throws IllegalArgumentException if the network has several inputs
     */
    public static <N extends Model> Reconstruction of(N original, N small, ChannelMask mask) {
        NetworkView<N> whole = NetworkView.of(original);
        long inputs = whole.structure().nodes().stream()
                .filter(node -> node.content() instanceof Input)
                .count();
        if (inputs != 1) {
            throw new IllegalArgumentException(
                    "reconstruction must have a network with one input, got " + inputs + " inputs");
        }
        return new Reconstruction(whole, NetworkView.of(small), mask);
    }

    /** How many examples to use at most, at least 2; the last fifth of each minibatch judges. */
    public Reconstruction examples(int atMost) {
        if (atMost < 2) {
            throw new IllegalArgumentException("examples of a reconstruction must be at least 2, got " + atMost);
        }
        examples = atMost;
        return this;
    }

    /** Is told of every layer when it is done. */
    public Reconstruction progress(Consumer<RebuiltLayer> listener) {
        progress = listener;
        return this;
    }

    /** Number of layers that {@link #rebuild} will fit. */
    public int layers() {
        return Sites.of(original, small, mask).fitted().size();
    }

    /**
     * Fits.
     *
     * @param data minibatches as the network is trained on; reset first, features only
     * @throws IllegalArgumentException if there are fewer than 2 examples
     */
    public ReconstructionReport rebuild(DataSetIterator data) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            CalibrationExamples calibration = CalibrationExamples.of(data, examples);
            Sites sites = Sites.of(original, small, mask);
            return new ReconstructionReport(fit(sites.fitted(), calibration), sites.leftovers(), calibration.count());
        }
    }

    private List<RebuiltLayer> fit(List<Site> sites, CalibrationExamples calibration) {
        List<RebuiltLayer> rebuilt = new ArrayList<>();
        List<INDArray> batches = calibration.all();
        Frontier whole = new Frontier(original, batches);
        Frontier cut = new Frontier(small, batches);
        List<NetworkNode> waiting = original.structure().nodes();
        while (rebuilt.size() < sites.size()) {
            NetworkNode next = waiting.get(0);
            Site site = sites.get(rebuilt.size());
            if (site.node().name().equals(next.name())) {
                RebuiltLayer layer = new SiteFit(site, original, small, SEED + rebuilt.size())
                        .apply(calibration, whole.read(site), cut.read(site));
                rebuilt.add(layer);
                progress.accept(layer);
            }
            waiting.remove(0);
            whole.pass(next, waiting);
            cut.pass(next, waiting);
        }
        return rebuilt;
    }
}
