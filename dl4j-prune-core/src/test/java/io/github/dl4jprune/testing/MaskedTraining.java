package io.github.dl4jprune.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Trains a masked network and its shrunk twin side by side. */
public final class MaskedTraining {
    private MaskedTraining() {}

    /** Fails unless outputs agree before and after each of so many training steps. */
    public static <N extends Model> void assertSameTrajectory(
            NetworkView<N> original, N small, ChannelMask mask, DataSet batch, int steps, double tolerance) {
        INDArray[] inputs = {batch.getFeatures()};
        assertSameTrajectory(original, small, mask, model -> fit(model, batch), inputs, steps, tolerance);
    }

    /** The same for any way to make one step. */
    public static <N extends Model> void assertSameTrajectory(
            NetworkView<N> original,
            N small,
            ChannelMask mask,
            Consumer<Model> step,
            INDArray[] inputs,
            int steps,
            double tolerance) {
        NetworkView<N> masked = masked(original, mask);
        NetworkView<N> shrunk = NetworkView.of(small);
        assertThat(difference(masked, shrunk, inputs)).isCloseTo(0.0, within(tolerance));
        for (int i = 0; i < steps; i++) {
            step.accept(masked.model());
            step.accept(small);
            assertThat(difference(masked, shrunk, inputs))
                    .as("after step %d", i + 1)
                    .isCloseTo(0.0, within(tolerance));
        }
    }

    /**
     * How far a masked network is, after so many steps, from the same one whose weights began one part in 10^15 larger. Where
     * that is much, as with AdaMax, which divides by the size of gradients however small, no two programs can agree.
     */
    public static <N extends Model> double driftByRounding(
            NetworkView<N> original, ChannelMask mask, Consumer<Model> step, INDArray[] inputs, int steps) {
        NetworkView<N> one = masked(original, mask);
        NetworkView<N> other = masked(original, mask);
        other.flatParameters().muli(1 + 1e-15);
        double largest = 0;
        for (int i = 0; i < steps; i++) {
            step.accept(one.model());
            step.accept(other.model());
            largest = Math.max(largest, difference(one, other, inputs));
        }
        return largest;
    }

    private static <N extends Model> NetworkView<N> masked(NetworkView<N> original, ChannelMask mask) {
        NetworkView<N> masked = NetworkView.of(Surgery.copy(original));
        INDArray multiplier = MaskMultiplier.of(mask, masked);
        masked.flatParameters().muli(multiplier);
        zeroState(masked, multiplier);
        listen(masked.model(), new GradientMask(multiplier));
        return masked;
    }

    /** Largest absolute difference of the outputs. */
    public static double difference(NetworkView<?> a, NetworkView<?> b, INDArray... inputs) {
        INDArray[] outputsA = a.output(inputs);
        INDArray[] outputsB = b.output(inputs);
        double largest = 0;
        for (int i = 0; i < outputsA.length; i++) {
            double d = Transforms.abs(outputsA[i].sub(outputsB[i])).maxNumber().doubleValue();
            largest = Double.isNaN(d) ? Double.NaN : Math.max(largest, d);
        }
        return largest;
    }

    private static <N extends Model> void zeroState(NetworkView<N> masked, INDArray multiplier) {
        masked.updaterState()
                .ifPresent(state -> masked.structure()
                        .nodes()
                        .forEach(node -> masked.parameters(node.name()).values().forEach(parameter -> {
                            long start =
                                    parameter.offset() - masked.flatParameters().offset();
                            INDArray own = multiplier
                                    .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(
                                            start, start + parameter.length()))
                                    .reshape(parameter.ordering(), parameter.shape());
                            state.components(parameter).forEach(component -> component.muli(own));
                        })));
    }

    private static void listen(Model model, GradientMask listener) {
        if (model instanceof MultiLayerNetwork chain) {
            chain.setListeners(List.of(listener));
        } else {
            ((ComputationGraph) model).setListeners(List.of(listener));
        }
    }

    private static void fit(Model model, DataSet batch) {
        if (model instanceof MultiLayerNetwork chain) {
            chain.fit(batch);
        } else {
            ((ComputationGraph) model).fit(batch);
        }
    }

    private static final class GradientMask extends BaseTrainingListener {
        private final INDArray multiplier;

        GradientMask(INDArray multiplier) {
            this.multiplier = multiplier;
        }

        @Override
        public void onGradientCalculation(Model model) {
            model.gradient()
                    .gradient()
                    .muli(multiplier.reshape(model.gradient().gradient().shape()));
        }
    }
}
