package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps chosen parameters of a network at exactly 0 while it trains: a weight mask, an array of zeros and ones along
 * the network's flat parameter vector.
 *
 * <p>At every iteration the gradients are multiplied by the mask, and after the update the parameters are too, because
 * weight decay, and momentum from before, move a parameter without a gradient. When a network meets a mask for the
 * first time, the masked parameters <em>and</em> the updater state behind them are zeroed once. Cost: two elementwise
 * products along the parameter vector an iteration. {@link #attach} does the first step at once and puts this
 * listener before all others, so that evaluation and checkpoint listeners see masked weights; a listener that was only
 * added to the network starts within the first iteration.
 *
 * <p><b>Batch normalisation.</b> The running statistics of a pruned channel may be masked too or left alone; with scale
 * and shift masked, the channel's output is exactly 0 either way. Masked, they rest at mean 0 and standard deviation 1
 * (variance 0 where DL4J stores the variance). Left alone, the deviation of an all-zero channel falls by the square
 * root of the decay at every iteration until it is the smallest the data type can hold, which IEEE arithmetic stands;
 * hardware that flushes such numbers to zero would have DL4J divide zero by zero there.
 *
 * <p>Works on MultiLayerNetwork and ComputationGraph, with one instance shared by the threads of a ParallelWrapper, whose
 * networks must have the same parameters. Layer-wise pretraining is left alone. Layers frozen at zero learning rate
 * are masked like any other.
 */
public final class WeightMaskListener extends BaseTrainingListener implements Serializable {
    private static final long serialVersionUID = 1L;

    private volatile INDArray mask;
    private final transient Map<Model, Applied> applied = Collections.synchronizedMap(new WeakHashMap<>());

    /** What a network was last masked with, in its own data type. */
    private record Applied(INDArray mask, INDArray multiplier) {}

    /**
     * A listener with its own copy of a mask.
     *
     * @param mask zeros and ones, one a parameter in the order of {@code network.params()}; any shape
     * @throws IllegalArgumentException if it holds anything but zeros and ones
     */
    public WeightMaskListener(INDArray mask) {
        this.mask = checked(mask);
    }

    /**
     * Masks a network now and listens to it, before any other listener.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param mask as in the constructor
     * @return the listener, through which the mask can change later
     * @throws IllegalArgumentException if the mask is not as long as the network's parameters
     */
    public static WeightMaskListener attach(Model network, INDArray mask) {
        WeightMaskListener listener = new WeightMaskListener(mask);
        listener.applyTo(network);
        List<TrainingListener> listeners = new ArrayList<>();
        listeners.add(listener);
        listeners.addAll(listenersOf(network));
        network.setListeners(listeners);
        return listener;
    }

    /**
     * Replaces the mask. Networks that train take it up within their next iteration, or at {@link #applyTo}; parameters
     * that it frees start again from 0, with updater state 0.
     *
     * @param mask as in the constructor
     * @throws IllegalArgumentException if it holds anything but zeros and ones
     */
    public void replace(INDArray mask) {
        this.mask = checked(mask);
    }

    /**
     * Zeroes the masked parameters of a network and the updater state behind them, now.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @throws IllegalArgumentException if the mask is not as long as the network's parameters
     */
    @SuppressWarnings("try") // the workspace scope is there to be closed
    public void applyTo(Model network) {
        INDArray current = mask;
        INDArray parameters = network.params();
        if (current.length() != parameters.length()) {
            throw new IllegalArgumentException("weight mask must have one value a parameter, " + parameters.length()
                    + ", got " + current.length());
        }
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray multiplier = current.castTo(parameters.dataType());
            MaskMultiplier.apply(parameters, multiplier);
            NetworkView.of(network).updaterState().ifPresent(state -> state.multiply(multiplier));
            applied.put(network, new Applied(current, multiplier));
        }
    }

    @Override
    public void onEpochStart(Model model) {
        if (isNetwork(model)) {
            multiplierFor(model);
        }
    }

    @Override
    public void onGradientCalculation(Model model) {
        if (isNetwork(model)) {
            INDArray gradients = model.getGradientsViewArray();
            gradients.reshape(gradients.length()).muli(multiplierFor(model));
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (isNetwork(model)) {
            MaskMultiplier.apply(model.params(), multiplierFor(model));
        }
    }

    @Override
    public String toString() {
        return "WeightMaskListener(parameters=" + mask.length() + ", masked=" + masked() + ")";
    }

    /** How many parameters the mask holds at 0. */
    public long masked() {
        INDArray current = mask;
        return current.length() - current.sumNumber().longValue();
    }

    /** Whether every masked value of a parameter vector is 0. */
    boolean holdsZero(INDArray parameters) {
        INDArray others = mask.castTo(parameters.dataType()).rsub(1.0);
        INDArray masked = others.muli(parameters.reshape(parameters.length()));
        return masked.neq(0).castTo(DataType.INT64).sumNumber().longValue() == 0;
    }

    private INDArray multiplierFor(Model model) {
        Applied last = applied.get(model);
        if (last == null || last.mask != mask) {
            applyTo(model);
            last = Objects.requireNonNull(applied.get(model));
        }
        return last.multiplier;
    }

    /** Layer-wise pretraining calls listeners with a single layer. */
    private static boolean isNetwork(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    private static Collection<TrainingListener> listenersOf(Model network) {
        if (network instanceof MultiLayerNetwork layered) {
            return layered.getListeners();
        }
        if (network instanceof ComputationGraph graph) {
            return graph.getListeners();
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or a ComputationGraph, got "
                + network.getClass().getName());
    }

    @SuppressWarnings("try")
    private static INDArray checked(INDArray mask) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray flat = mask.dup('c').reshape(mask.length());
            long ones = flat.eq(1).castTo(DataType.INT64).sumNumber().longValue();
            long zeros = flat.eq(0).castTo(DataType.INT64).sumNumber().longValue();
            if (ones + zeros != flat.length()) {
                throw new IllegalArgumentException(
                        "weight mask must hold only 0 and 1, got " + (flat.length() - ones - zeros) + " other values");
            }
            return flat;
        }
    }

    private Object readResolve() {
        return new WeightMaskListener(mask);
    }
}
