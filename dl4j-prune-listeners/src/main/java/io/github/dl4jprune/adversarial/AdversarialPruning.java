package io.github.dl4jprune.adversarial;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.OutputHead;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Generative adversarial learning of what to prune, GAL: a copy of a trained network has a soft mask {@code m >= 0} on every channel, and
 * is trained, without any label, to answer as the network itself does (the teacher), with as few masks above 0 as that takes. With
 * the teacher's and the copy's logits t and s, K classes and a discriminator D, an iteration takes
 * <pre>
 * of D:           a step down  CE(D(t), 1) + CE(D(s), 0)
 * of the weights: a step down  mu |t - s|^2 / K + CE(D(s), 1) + weight decay
 * of the masks, every maskEvery iterations, by FISTA with the smooth part above and its gradient g:
 *     a' = (1 + sqrt(1 + 4 a^2)) / 2
 *     y  = m + (a - 1) / a' (m - m_before)
 *     m  = max(0, y - rate g - rate lambda)
 * </pre>
 * A channel at m = 0 is read by nobody. {@link io.github.dl4jprune.ZeroChannels#remove} cuts those out of the result, exactly; fine-tune after that.
 *
 * <pre>{@code
 * AdversarialResult<MultiLayerNetwork> masked = new AdversarialPruning.Builder()
 *         .learningRate(0.001)
 *         .lambda(0.5)
 *         .maskEvery(1)
 *         .build()
 *         .fit(network, train, AdversarialProgress.none());
 * MultiLayerNetwork small = ZeroChannels.remove(masked.network(), types, examples).network();
 * }</pre>
 *
 * <p>The mask stands where channels are read: it scales the weights of convolutions, dense and recurrent layers that read the channel. Up to
 * batch normalisation and activation functions behind the layer that makes it, that is the same as on the channel itself, and it is exact where a
 * residual sum has several readers.
 *
 * <p>Frozen layers are not trained; what they read has masks all the same.
 *
 * <p>Masks begin at 1, where the copy is the teacher. In the published code they are drawn from N(0, 1), so that about half are 0 at once:
 * {@link Builder#masks} gives that.
 *
 * @param epochs passes over the data, at least 1
 * @param learningRate of weights, masks and discriminator, above 0; constant
 * @param momentum of weights and discriminator, in [0, 1)
 * @param weightDecay L2 factor on all parameters that are trained, at least 0
 * @param lambda weight of the masks' sum, at least 0: more of it prunes more
 * @param mu weight of the agreement, at least 0
 * @param maskEvery iterations between two steps of the masks, at least 1
 * @param maskMean of the masks at first
 * @param maskDeviation of the masks at first, at least 0; those drawn below 0 begin there
 * @param recalibrationBatches on which batch normalisation is measured anew at the end, at least 1
 * @param ignored layers whose channels have no mask
 * @param seed of masks and discriminator
 * @see <a href="https://arxiv.org/abs/1903.09291">Lin et al. (2019), Towards Optimal Structured CNN Pruning via Generative
 *     Adversarial Learning</a>
 */
public record AdversarialPruning(
        int epochs,
        double learningRate,
        double momentum,
        double weightDecay,
        double lambda,
        double mu,
        int maskEvery,
        double maskMean,
        double maskDeviation,
        int recalibrationBatches,
        Set<String> ignored,
        long seed) {
    /** Checks ranges. */
    public AdversarialPruning {
        ignored = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(ignored));
        require(epochs >= 1, "epochs must be at least 1, got " + epochs);
        require(
                learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                "learning rate must be above 0 and finite, got " + learningRate);
        require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), got " + momentum);
        requireNotNegative("weight decay", weightDecay);
        requireNotNegative("lambda", lambda);
        requireNotNegative("mu", mu);
        require(maskEvery >= 1, "mask steps must be at least 1 iteration apart, got " + maskEvery);
        require(Double.isFinite(maskMean), "mean of the masks must be finite, got " + maskMean);
        requireNotNegative("deviation of the masks", maskDeviation);
        require(recalibrationBatches >= 1, "recalibration batches must be at least 1, got " + recalibrationBatches);
    }

    private static void requireNotNegative(String subject, double value) {
        require(
                value >= 0 && value < Double.POSITIVE_INFINITY,
                subject + " must be at least 0 and finite, got " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Learns masks and weights.
     *
     * @param network the teacher: a MultiLayerNetwork, or a ComputationGraph with one input and one output, that ends in a softmax; left
     *     untouched
     * @param data minibatches, whose labels are not looked at; reset before every epoch
     * @param progress hears of every iteration
     * @throws IllegalArgumentException if a layer is unknown, the network ends in something else, no channel can be pruned, or the data cannot
     *     be reset
     * @throws IllegalStateException if a loss is not finite
     */
    public <N extends Model> AdversarialResult<N> fit(N network, DataSetIterator data, AdversarialProgress progress) {
        require(data.resetSupported(), "data must support reset");
        OutputHead.of(network).requireSoftmax("network");
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            NetworkView<N> view = NetworkView.of(network);
            ChannelGraph graph = ChannelGraph.of(view);
            ReadingMasks masks = new ReadingMasks(view, graph, ignored);
            Game<N> game = new Game<>(this, view, masks, classes(network, data));
            game.play(data, progress);
            N result = game.masked();
            new BatchNormRecalibration(recalibrationBatches).apply(result, data);
            return new AdversarialResult<>(result, masks.byGroup(game.values()));
        }
    }

    private static long classes(Model network, DataSetIterator data) {
        data.reset();
        require(data.hasNext(), "data must hold at least one batch, got none");
        return NetworkView.of(network).output(data.next().getFeatures())[0].size(1);
    }

    /** Collects what differs from the defaults: those of the published VGG runs, but for the masks' beginning. */
    public static final class Builder {
        private int epochs = 1;
        private double learningRate = 0.01;
        private double momentum = 0.9;
        private double weightDecay = 2e-4;
        private double lambda = 1e-3;
        private double mu = 0.1;
        private int maskEvery = 200;
        private double maskMean = 1;
        private double maskDeviation;
        private int recalibrationBatches = 50;
        private final Set<String> ignored = new LinkedHashSet<>();
        private long seed;

        /** Passes over the data, at least 1; 1 by default, where the paper makes 100. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Of weights, masks and discriminator; 0.01 by default. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Of weights and discriminator; 0.9 by default. */
        public Builder momentum(double value) {
            momentum = value;
            return this;
        }

        /** L2 factor on all parameters that are trained; 2e-4 by default. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /**
         * Weight of the masks' sum; 1e-3 by default. With masks that begin at 1, a mask that costs nothing is 0 after about
         * {@code 2 maskEvery / sqrt(learningRate lambda)} iterations: FISTA picks up speed.
         */
        public Builder lambda(double value) {
            lambda = value;
            return this;
        }

        /** Weight of the agreement with the teacher; 0.1 by default. */
        public Builder mu(double value) {
            mu = value;
            return this;
        }

        /** Iterations between two steps of the masks; 200 by default. */
        public Builder maskEvery(int value) {
            maskEvery = value;
            return this;
        }

        /** Where masks begin: 1 and 0 by default, 0 and 1 in the published code. */
        public Builder masks(double mean, double deviation) {
            maskMean = mean;
            maskDeviation = deviation;
            return this;
        }

        /** Batches on which batch normalisation is measured anew at the end; 50 by default. */
        public Builder recalibrationBatches(int value) {
            recalibrationBatches = value;
            return this;
        }

        /** Leaves the channels of these layers without masks. */
        public Builder ignore(String... layers) {
            ignored.addAll(Arrays.asList(layers));
            return this;
        }

        /** Of masks and discriminator; 0 by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public AdversarialPruning build() {
            return new AdversarialPruning(
                    epochs,
                    learningRate,
                    momentum,
                    weightDecay,
                    lambda,
                    mu,
                    maskEvery,
                    maskMean,
                    maskDeviation,
                    recalibrationBatches,
                    ignored,
                    seed);
        }
    }
}
