package io.github.dl4jprune.benchmarks;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.models.CifarResNet;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.selection.Granularity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * What a steady mask, a mask that changes, and filters that grow back cost a training iteration of ResNet-20: four networks
 * train on the same random batch in turns. Beside the medians of whole iterations it prints the time spent inside the
 * listener, which the noise of the iterations does not reach.
 *
 * <pre>{@code
 * mvn -B -q -Pbench -pl dl4j-prune-benchmarks -am -DskipTests package \
 *     -Dbench.main=io.github.dl4jprune.benchmarks.ListenerOverhead -Dbench="20 128"
 * }</pre>
 */
public final class ListenerOverhead {
    private ListenerOverhead() {}

    /**
     * Measures.
     *
     * @param arguments number of rounds and examples a batch; by default 20 and 128
     */
    public static void main(String... arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int examples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 128;
        OneDnn.enable();
        DataSet batch = batch(examples);
        Arm plain = new Arm(null);
        Arm steady = new Arm(new StaticPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.8)
                .build());
        Arm changing = new Arm(new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.8)
                .unit(ScheduleType.ITERATION)
                .end(rounds + 4)
                .build());
        Arm soft = new Arm(new SoftPruningListener.Builder()
                .sparsity(0.5)
                .unit(ScheduleType.ITERATION)
                .every(rounds + 4)
                .end(2 * (rounds + 4))
                .build());
        for (int round = -2; round < rounds; round++) {
            for (Arm arm : List.of(plain, steady, changing, soft)) {
                arm.iteration(batch, round >= 0);
            }
        }
        print("plain", plain, plain);
        print("steady mask", steady, plain);
        print("mask changed every iteration", changing, plain);
        print("soft, between two steps", soft, plain);
    }

    private static void print(String name, Arm arm, Arm plain) {
        System.out.printf(
                Locale.ROOT,
                "%-30s iteration %.1f ms (%.4f of plain), in the listener %.3f ms (%.5f of plain)%n",
                name,
                median(arm.iterations),
                median(arm.iterations) / median(plain.iterations),
                median(arm.inside),
                median(arm.inside) / median(plain.iterations));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElse(0);
    }

    private static DataSet batch(int examples) {
        Nd4j.getRandom().setSeed(1);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, 10);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % 10, 1);
        }
        return new DataSet(Nd4j.randn(DataType.FLOAT, examples, 3, 32, 32), labels);
    }

    /** One network with or without a listener, between two clocks. */
    private static final class Arm {
        private final ComputationGraph network = new CifarResNet(20).build(ModelOptions.defaults());
        private final List<Double> iterations = new ArrayList<>();
        private final List<Double> inside = new ArrayList<>();
        private long entered;
        private double spent;

        Arm(@org.jspecify.annotations.Nullable PruningListener listener) {
            if (listener != null) {
                listener.attach(network);
                network.setListeners(new Clock(true), listener, new Clock(false));
            }
        }

        void iteration(DataSet batch, boolean counted) {
            spent = 0;
            long start = System.nanoTime();
            network.fit(batch);
            if (counted) {
                iterations.add((System.nanoTime() - start) / 1e6);
                inside.add(spent);
            }
        }

        private final class Clock extends BaseTrainingListener {
            private final boolean before;

            Clock(boolean before) {
                this.before = before;
            }

            @Override
            public void onGradientCalculation(Model model) {
                tick();
            }

            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                tick();
            }

            private void tick() {
                if (before) {
                    entered = System.nanoTime();
                } else {
                    spent += (System.nanoTime() - entered) / 1e6;
                }
            }
        }
    }
}
