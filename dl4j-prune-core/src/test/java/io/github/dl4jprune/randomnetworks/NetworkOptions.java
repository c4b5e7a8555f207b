package io.github.dl4jprune.randomnetworks;

import java.util.EnumSet;
import java.util.Set;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What every random network of a property has in common.
 *
 * @param updater of every layer
 * @param activations of hidden layers; outputs are free
 * @param l2 coefficient of the L2 penalty, 0 for none
 * @param weightDecay coefficient of the weight decay, 0 for none
 * @param gradientNormalization of every layer, with threshold 1
 * @param dropout whether dropout layers may appear
 * @param normPooling whether pooling by p-norm may appear; DL4J's gradient of it is NaN where a whole window is zero, so that a network
 *     with a channel at zero cannot be trained through it
 * @param families to draw from
 */
public record NetworkOptions(
        IUpdater updater,
        ActivationKind activations,
        double l2,
        double weightDecay,
        GradientNormalization gradientNormalization,
        boolean dropout,
        boolean normPooling,
        Set<Family> families) {

    /** Plain gradient descent, any activation, nothing else. */
    public static NetworkOptions defaults() {
        return new Builder().build();
    }

    boolean regularised() {
        return l2 > 0 || weightDecay > 0;
    }

    /** Starts from plain gradient descent with any activation. */
    public static final class Builder {
        private IUpdater updater = new Sgd(0.01);
        private ActivationKind activations = ActivationKind.ANY;
        private double l2;
        private double weightDecay;
        private GradientNormalization gradientNormalization = GradientNormalization.None;
        private boolean dropout;
        private boolean normPooling = true;
        private Set<Family> families = EnumSet.allOf(Family.class);

        /** Updater of every layer. */
        public Builder updater(IUpdater value) {
            updater = value;
            return this;
        }

        /** Which activation functions hidden layers may use. */
        public Builder activations(ActivationKind value) {
            activations = value;
            return this;
        }

        /** Coefficient of the L2 penalty. */
        public Builder l2(double value) {
            l2 = value;
            return this;
        }

        /** Coefficient of the weight decay. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /** Gradient normalisation of every layer. */
        public Builder gradientNormalization(GradientNormalization value) {
            gradientNormalization = value;
            return this;
        }

        /** Lets dropout layers appear. */
        public Builder withDropout() {
            dropout = true;
            return this;
        }

        /** Leaves out pooling by p-norm, for networks that train with channels at zero. */
        public Builder withoutNormPooling() {
            normPooling = false;
            return this;
        }

        /** Draws from these families only. */
        public Builder families(Family first, Family... others) {
            families = EnumSet.of(first, others);
            return this;
        }

        /** The options so far. */
        public NetworkOptions build() {
            return new NetworkOptions(
                    updater,
                    activations,
                    l2,
                    weightDecay,
                    gradientNormalization,
                    dropout,
                    normPooling,
                    Set.copyOf(families));
        }
    }
}
