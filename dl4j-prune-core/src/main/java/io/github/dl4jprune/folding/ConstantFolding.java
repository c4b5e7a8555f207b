package io.github.dl4jprune.folding;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Verification;
import io.github.dl4jprune.surgery.VerificationException;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Folds what removed channels added as constants into the biases and running means behind them.
 *
 * <p>Without its weights a channel still emits a constant {@code c}: its bias, through batch normalisation and
 * activation function, pooled, summed, merged. A reader with weights {@code W} hears {@code sum_k W[k] c} of it at every
 * output, which its bias can say instead: {@code b' = b + sum_k W[k] c}; or, where it has no bias and a batch
 * normalisation right behind it, {@code mean' = mean - sum_k W[k] c}. That is exact where the reader's window never
 * reaches over a border. Inference mode is meant; arrays that mask time steps are not considered.
 *
 * <p>What is not followed is never guessed: the report lists it with the reason.
 *
 * @see <a href="https://arxiv.org/abs/1802.00124">Ye et al. (2018), Rethinking the Smaller-Norm-Less-Informative
 *     Assumption, section 4, for the two rules without borders</a>
 */
public final class ConstantFolding {
    private ConstantFolding() {}

    /**
     * Folds constants into a network that surgery has shrunk, and compares it with the original whose pruned channels
     * are held at those constants. Cost: two inference passes and a copy of the original.
     *
     * @param original the network before surgery; left untouched
     * @param small the shrunk network; its biases and running means change
     * @param mask what was removed, over the original's channel graph
     * @param inputs examples to compare on, one array an input of the network
     * @throws VerificationException if every fold is exact and the networks differ all the same
     */
    public static <N extends Model> FoldingReport fold(
            NetworkView<N> original, NetworkView<N> small, ChannelMask mask, INDArray... inputs) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            ConstantTrace trace = ConstantTrace.of(original, mask);
            List<Reader> readers = Reader.in(original, mask, trace);
            NetworkView<N> held = HeldNetwork.of(original, mask, trace, readers);
            FoldedConstants folded = Reader.folded(readers, original);
            readers.forEach(reader -> reader.fold(original, small, mask));
            Verification comparison = Verification.compare(held, small, mask, inputs);
            FoldingReport report = new FoldingReport(folded.folds(), folded.leftovers(), comparison);
            if (report.exact() && !comparison.passed()) {
                throw new VerificationException("held and folded", comparison);
            }
            return report;
        }
    }

    /**
     * Folds constants within a network of full width whose pruned channels are about to be masked, and compares nothing.
     * When the mask is then applied, the network computes what it does now with the weights that produce pruned channels
     * at 0, as far as the folds are exact; what is not folded is lost.
     *
     * @param network its biases and running means change, but for those of pruned channels
     * @param mask over the network's channel graph
     */
    public static FoldedConstants foldBeforeMasking(NetworkView<? extends Model> network, ChannelMask mask) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            List<Reader> readers = Reader.in(network, mask, ConstantTrace.of(network, mask));
            FoldedConstants folded = Reader.folded(readers, network);
            readers.forEach(reader -> reader.fold(network, network, mask));
            return folded;
        }
    }
}
