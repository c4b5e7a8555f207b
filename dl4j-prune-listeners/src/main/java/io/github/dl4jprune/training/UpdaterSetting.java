package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Gives every layer that trains the same updater and weight decay, and remembers those updaters: DL4J reads the
 * learning rate from them at every iteration, so changing it here needs no schedule class in a saved configuration.
 */
final class UpdaterSetting implements Consumer<TrainingConfig> {
    private final Supplier<IUpdater> kind;
    private final double weightDecay;
    private final List<IUpdater> updaters = new ArrayList<>();

    UpdaterSetting(double learningRate, double momentum, double weightDecay) {
        this(() -> momentum == 0 ? new Sgd(learningRate) : new Nesterovs(learningRate, momentum), weightDecay);
    }

    UpdaterSetting(Supplier<IUpdater> kind, double weightDecay) {
        this.kind = kind;
        this.weightDecay = weightDecay;
    }

    void learningRate(double rate) {
        updaters.stream().filter(IUpdater::hasLearningRate).forEach(updater -> updater.setLrAndSchedule(rate, null));
    }

    @Override
    public void accept(TrainingConfig layer) {
        // a FrozenLayer is none of these, and stays as it is
        if (layer instanceof FrozenLayerWithBackprop frozen) {
            freeze(frozen.getUnderlying());
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            accept(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            accept(both.getFwd());
            accept(both.getBwd());
        } else if (layer instanceof BaseLayer base && !isFixed(base.getIUpdater())) {
            base.setIUpdater(updater());
            base.setBiasUpdater(fixedOnly(base.getBiasUpdater()));
            base.setRegularization(decayed(base.getRegularization()));
            base.setRegularizationBias(undecayed(base.getRegularizationBias()));
        } else if (layer instanceof AbstractSameDiffLayer same && !isFixed(same.getUpdater())) {
            same.setUpdater(updater());
            same.setBiasUpdater(fixedOnly(same.getBiasUpdater()));
            same.setRegularization(decayed(same.getRegularization()));
            same.setRegularizationBias(undecayed(same.getRegularizationBias()));
        } else if (layer instanceof SameDiffVertex vertex && !isFixed(vertex.getUpdater())) {
            vertex.setUpdater(updater());
            vertex.setBiasUpdater(fixedOnly(vertex.getBiasUpdater()));
            vertex.setRegularization(decayed(vertex.getRegularization()));
            vertex.setRegularizationBias(undecayed(vertex.getRegularizationBias()));
        }
    }

    private IUpdater updater() {
        IUpdater updater = kind.get();
        updaters.add(updater);
        return updater;
    }

    /** DL4J regularises what this wrapper holds although its gradients are zero, so the weights would drift. */
    private static void freeze(Layer layer) {
        if (layer instanceof BaseLayer base) {
            base.setIUpdater(new NoOp());
            base.setBiasUpdater(null);
            base.setRegularization(null);
            base.setRegularizationBias(null);
        }
    }

    private static boolean isFixed(@Nullable IUpdater updater) {
        if (updater == null || updater instanceof NoOp) {
            return updater != null;
        }
        return updater.hasLearningRate()
                && updater.getLearningRate(0, 0) == 0
                && updater.getLearningRate(1, 0) == 0
                && updater.getLearningRate(1, 1) == 0;
    }

    private static @Nullable IUpdater fixedOnly(@Nullable IUpdater updater) {
        return isFixed(updater) ? updater : null;
    }

    private List<Regularization> decayed(@Nullable List<Regularization> old) {
        List<Regularization> regularization = undecayed(old);
        if (weightDecay > 0) {
            regularization.add(new L2Regularization(weightDecay));
        }
        return regularization;
    }

    private static List<Regularization> undecayed(@Nullable List<Regularization> old) {
        List<Regularization> kept = new ArrayList<>(old == null ? List.of() : old);
        kept.removeIf(rule -> rule instanceof L2Regularization || rule instanceof WeightDecay);
        return kept;
    }
}
