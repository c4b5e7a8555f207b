package io.github.dl4jprune.selection;

import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.criterion.LpNorm;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.mask.ParameterSpan;
import io.github.dl4jprune.mask.SparsityCount;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Selects single weights: of each tensor of n weights the {@code floor(n S + 1e-9)} of smallest magnitude (or of all
 * tensors together, in global scope), or random ones; equal ones by position. Biases, batch normalisation, layer
 * normalisation gains, PReLU slopes and frozen layers take no part. Cost: one sort of the weights.
 *
 * @see <a href="https://arxiv.org/abs/1506.02626">Han et al. (2015), Learning both weights and connections</a>
 */
public final class WeightSelector {
    private final NetworkView<? extends Model> network;

    /** A selector for a network, which it leaves untouched. */
    public WeightSelector(NetworkView<? extends Model> network) {
        this.network = network;
    }

    /** The tensors whose single weights may be pruned, in the order of the flat parameter vector. */
    public List<ParameterSpan> tensors() {
        return new WeightTensors(network).all();
    }

    /**
     * Selects.
     *
     * @param request what to prune; without a sparsity only the layers that it names take part
     * @param criterion {@code l1}, {@code l2} or another norm, which are the same for a single weight, or random
     * @param atLeast weights that the result prunes in any case, first of all
     * @throws IllegalArgumentException if the criterion does not rank single weights, a layer is unknown or frozen, the
     *     request has a budget or a multiple, or a weight is not finite
     */
    public WeightSelection select(SelectionRequest request, Criterion criterion, WeightMask atLeast) {
        check(request, criterion);
        List<ParameterSpan> covered = new WeightTensors(network).covered(request);
        BitSet pruned = new BitSet(atLeast.length());
        List<double[]> scores = new ArrayList<>();
        for (ParameterSpan span : covered) {
            scores.add(scores(span, criterion, atLeast));
        }
        int[] requested = new int[covered.size()];
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < requested.length; i++) {
            Double own = request.layerSparsities().get(covered.get(i).node());
            if (own == null && request.scope() == Scope.GLOBAL) {
                free.add(i);
            } else {
                double sparsity = own == null ? request.sparsity().orElse(0) : own;
                requested[i] = count(covered.get(i).length(), sparsity);
                Lowest.mark(scores.get(i), requested[i], covered.get(i).start(), pruned);
            }
        }
        global(free, covered, scores, request.sparsity().orElse(0), pruned);
        free.forEach(i -> requested[i] =
                pruned.get(covered.get(i).start(), covered.get(i).end()).cardinality());
        pruned.or(atLeast.positions());
        WeightMask mask = WeightMask.of(network, pruned);
        List<ParameterSelection> selections = new ArrayList<>();
        for (int i = 0; i < requested.length; i++) {
            selections.add(new ParameterSelection(covered.get(i), requested[i], mask.count(covered.get(i))));
        }
        return new WeightSelection(mask, selections);
    }

    private static void check(SelectionRequest request, Criterion criterion) {
        if (!(criterion instanceof L1Norm
                || criterion instanceof L2Norm
                || criterion instanceof LpNorm
                || criterion instanceof RandomScore)) {
            throw new IllegalArgumentException(
                    "criterion for single weights must be l1, l2, another norm or random, got " + criterion.name());
        }
        if (!request.budget().isNone() || request.multipleOf() != 1) {
            throw new IllegalArgumentException(
                    "request for single weights must have no budget and no multiple, got " + request);
        }
    }

    private static int count(int length, double sparsity) {
        return SparsityCount.removed(length, sparsity);
    }

    private void global(
            List<Integer> free, List<ParameterSpan> covered, List<double[]> scores, double sparsity, BitSet pruned) {
        int total = free.stream().mapToInt(i -> covered.get(i).length()).sum();
        double[] all = new double[total];
        int from = 0;
        for (int i : free) {
            System.arraycopy(scores.get(i), 0, all, from, scores.get(i).length);
            from += scores.get(i).length;
        }
        BitSet lowest = new BitSet(total);
        Lowest.mark(all, count(total, sparsity), 0, lowest);
        from = 0;
        for (int i : free) {
            ParameterSpan span = covered.get(i);
            for (int p = lowest.nextSetBit(from); p >= 0 && p < from + span.length(); p = lowest.nextSetBit(p + 1)) {
                pruned.set(p - from + span.start());
            }
            from += span.length();
        }
    }

    private double[] scores(ParameterSpan span, Criterion criterion, WeightMask atLeast) {
        double[] scores;
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray values = criterion instanceof RandomScore random
                    ? random.score(span.name(), span.length())
                    : network.flatParameters()
                            .reshape(network.flatParameters().length())
                            .get(NDArrayIndex.interval(span.start(), span.end()));
            scores = values.toDoubleVector();
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException(
                        "parameter \"" + span.name() + "\" must be finite, got " + scores[i] + " at " + i);
            }
            scores[i] = atLeast.prunes(span.start() + i) ? -1 : Math.abs(scores[i]);
        }
        return scores;
    }

    /** The smallest of an array. */
    private static final class Lowest {
        static void mark(double[] scores, int count, int offset, BitSet into) {
            if (count == 0) {
                return;
            }
            double[] sorted = scores.clone();
            Arrays.parallelSort(sorted);
            double threshold = sorted[count - 1];
            int left = count;
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] < threshold) {
                    into.set(offset + i);
                    left--;
                }
            }
            for (int i = 0; i < scores.length && left > 0; i++) {
                if (scores[i] == threshold) {
                    into.set(offset + i);
                    left--;
                }
            }
        }
    }
}
