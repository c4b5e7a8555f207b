package io.github.dl4jprune.recipe;

import java.util.Locale;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** The updaters that a run can train with, by their names in configuration files. */
public enum UpdaterKind {
    /** Stochastic gradient descent; momentum is not used. */
    SGD,
    /** Gradient descent with Nesterov momentum. */
    NESTEROVS,
    /** Adam. */
    ADAM,
    /** AMSGrad. */
    AMSGRAD,
    /** AdaMax. */
    ADAMAX,
    /** Nadam. */
    NADAM,
    /** AdaGrad. */
    ADAGRAD,
    /** RMSProp. */
    RMSPROP,
    /** AdaDelta, which has no learning rate. */
    ADADELTA;

    /**
     * A new updater of this kind, DL4J's defaults for all else.
     *
     * @param learningRate positive; not used by {@link #ADADELTA}
     * @param momentum in [0, 1); used by {@link #NESTEROVS} alone
     */
    public IUpdater create(double learningRate, double momentum) {
        return switch (this) {
            case SGD -> new Sgd(learningRate);
            case NESTEROVS -> new Nesterovs(learningRate, momentum);
            case ADAM -> new Adam(learningRate);
            case AMSGRAD -> new AMSGrad(learningRate);
            case ADAMAX -> new AdaMax(learningRate);
            case NADAM -> new Nadam(learningRate);
            case ADAGRAD -> new AdaGrad(learningRate);
            case RMSPROP -> new RmsProp(learningRate);
            case ADADELTA -> new AdaDelta();
        };
    }

    /** The learning rate where none is named: 0.01 for plain and momentum descent and AdaGrad, 0.001 for the adaptive others. */
    public double usualLearningRate() {
        return switch (this) {
            case SGD, NESTEROVS, ADAGRAD -> 0.01;
            case ADAM, AMSGRAD, ADAMAX, NADAM, RMSPROP, ADADELTA -> 0.001;
        };
    }

    /** The name in configuration files: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
