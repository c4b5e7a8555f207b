package io.github.dl4jprune.listeners;

import io.github.dl4jprune.criterion.Criterion;
import java.util.Map;

/** What a {@link SparsityPenaltyListener} adds to the loss, in terms of its effect on gradients or parameters. */
public sealed interface Penalty {

    /**
     * Network slimming: {@code g += strength sign(gamma)} on the scale of every batch normalisation, the sub-gradient of
     * {@code strength |gamma|}.
     *
     * @param strength of the L1 term, positive; 1e-4 for VGG and 1e-5 for ResNet-164 in the paper
     * @see <a href="https://arxiv.org/abs/1708.06519">Liu et al. (2017), Learning Efficient Convolutional Networks through
     *     Network Slimming</a>
     */
    record Slimming(double strength) implements Penalty {
        /** Checks the range. */
        public Slimming {
            requirePositive("strength", strength);
        }
    }

    /**
     * ISTA on batch-norm scales: after every update {@code gamma = sign(gamma) max(|gamma| - t, 0)} with
     * {@code t = learningRate strength cost}. Scales reach exactly 0, and may leave it again. The paper updates scales by
     * plain gradient descent, without momentum.
     *
     * @param learningRate of the scales, positive
     * @param strength of the L1 term, positive
     * @param costs factor of every batch normalisation by name, positive; 1 where none is given; see {@link ScaleCosts}
     * @see <a href="https://arxiv.org/abs/1802.00124">Ye et al. (2018), Rethinking the Smaller-Norm-Less-Informative
     *     Assumption</a>
     */
    record ProximalScale(double learningRate, double strength, Map<String, Double> costs) implements Penalty {
        /** Checks the ranges. */
        public ProximalScale {
            requirePositive("learning rate", learningRate);
            requirePositive("strength", strength);
            costs = Map.copyOf(costs);
            costs.forEach((layer, cost) -> requirePositive("layer \"" + layer + "\": cost", cost));
        }
    }

    /**
     * Group lasso: {@code strength sum_c ||w_c||} over the channels, {@code w_c} being all weights that make channel c (of
     * several layers, where they are summed); so {@code g += strength w_c / ||w_c||}.
     *
     * @param strength positive
     * @see <a href="https://arxiv.org/abs/1608.03665">Wen et al. (2016), Learning Structured Sparsity in Deep Neural
     *     Networks</a>
     */
    record GroupLasso(double strength) implements Penalty {
        /** Checks the range. */
        public GroupLasso {
            requirePositive("strength", strength);
        }
    }

    /**
     * Growing regularisation: an L2 term on the channels that are to go, chosen once at the start, whose factor grows by
     * {@code step} every so many iterations up to {@code limit}: {@code g += lambda w_c}. The channels fade, and the others
     * take over, before anything is cut.
     *
     * @param criterion what chooses; needs no data
     * @param sparsity fraction of every group's channels that is to go, in [0, 1)
     * @param step by how much the factor grows, positive
     * @param every iterations between two growths, at least 1
     * @param limit largest factor, at least {@code step}
     * @see <a href="https://arxiv.org/abs/2012.09243">Wang et al. (2021), Neural Pruning via Growing Regularization</a>
     */
    record GrowingRegularization(Criterion criterion, double sparsity, double step, int every, double limit)
            implements Penalty {
        /** Checks the ranges. */
        public GrowingRegularization {
            if (!(sparsity >= 0 && sparsity < 1)) {
                throw new IllegalArgumentException("sparsity must be in [0, 1), got " + sparsity);
            }
            requirePositive("step", step);
            Timetable.requireEvery(every);
            if (!(limit >= step && limit < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("limit must be at least step = " + step + ", got " + limit);
            }
        }

        /** The factor at so many iterations since the start. */
        double factor(int iterations) {
            return Math.min(limit, step * (1 + iterations / every));
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }
}
