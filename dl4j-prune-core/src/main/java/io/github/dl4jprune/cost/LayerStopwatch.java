package io.github.dl4jprune.cost;

import java.util.function.LongSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures layers on the backend that is loaded: a network of that one layer is built, warmed up and run; the shortest run
 * counts, for whatever else the machine does can only add to it. ND4J's global generator is not touched.
 *
 * <p>Cost of a call: building the layer and at least eight forward passes, at most about 30 ms for fast layers.
 */
public final class LayerStopwatch implements LayerTime {
    private static final int WARM_UP = 3;
    private static final int LEAST_RUNS = 5;
    private static final int MOST_RUNS = 40;
    private static final long ENOUGH_NANOS = 15_000_000L;
    private static final WorkspaceConfiguration MEMORY = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.02)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

    private final int batch;
    private final DataType type;
    private final LongSupplier nanos;

    /**
     * A stopwatch.
     *
     * @param batch examples a run, at least 1
     * @param type data type of parameters and activations
     */
    public LayerStopwatch(int batch, DataType type) {
        this(batch, type, System::nanoTime);
    }

    LayerStopwatch(int batch, DataType type, LongSupplier nanos) {
        if (!(batch >= 1)) {
            throw new IllegalArgumentException("batch must be at least 1, got " + batch);
        }
        this.batch = batch;
        this.type = type;
        this.nanos = nanos;
    }

    @Override
    public double millis(TimedLayer layer, int in, int out) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Layer alone = build(layer, in, out);
            long[] shape = layer.input(in).getShape(true).clone();
            shape[0] = batch;
            INDArray input = Nd4j.ones(type, shape);
            for (int run = 0; run < WARM_UP; run++) {
                once(alone, input);
            }
            long least = Long.MAX_VALUE;
            long sum = 0;
            for (int run = 0; run < LEAST_RUNS || (run < MOST_RUNS && sum < ENOUGH_NANOS); run++) {
                long taken = once(alone, input);
                least = Math.min(least, taken);
                sum += taken;
            }
            return least / 1e6;
        }
    }

    private Layer build(TimedLayer layer, int in, int out) {
        MultiLayerNetwork network = new MultiLayerNetwork(layer.alone(in, out, type));
        long parameters = network.getLayerWiseConfigurations()
                .getConf(0)
                .getLayer()
                .initializer()
                .numParams(network.getLayerWiseConfigurations().getConf(0));
        // zeros would let no time pass in code that skips them, and random ones would touch the global generator
        network.init(parameters == 0 ? null : Nd4j.valueArrayOf(new long[] {1, parameters}, 0.01, type), false);
        return network.getLayer(0);
    }

    private long once(Layer layer, INDArray input) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.builder()
                .noWorkspaceFor(ArrayType.INPUT)
                .with(ArrayType.ACTIVATIONS, "DL4J_PRUNE_TIMED_ACTIVATIONS", MEMORY)
                .with(ArrayType.FF_WORKING_MEM, "DL4J_PRUNE_TIMED_WORK", MEMORY)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, "DL4J_PRUNE_TIMED_LOOP", MEMORY)
                .build();
        try (MemoryWorkspace activations = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS);
                MemoryWorkspace work = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
            layer.setInput(input, workspaces);
            long start = nanos.getAsLong();
            layer.activate(false, workspaces);
            long taken = nanos.getAsLong() - start;
            layer.clear();
            return taken;
        }
    }
}
