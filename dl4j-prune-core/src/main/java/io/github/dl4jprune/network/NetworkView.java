package io.github.dl4jprune.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network seen without regard to its type. A view holds no state of its own: it reads and writes the model.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public abstract sealed class NetworkView<N extends Model> permits MultiLayerView, GraphView {

    /**
     * The view of a network.
     *
     * @throws IllegalArgumentException if the model is neither a MultiLayerNetwork nor a ComputationGraph, or not
     *     initialised
     */
    @SuppressWarnings("unchecked")
    public static <N extends Model> NetworkView<N> of(N network) {
        if (network instanceof MultiLayerNetwork chain) {
            return (NetworkView<N>) new MultiLayerView(chain);
        }
        if (network instanceof ComputationGraph graph) {
            return (NetworkView<N>) new GraphView(graph);
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or a ComputationGraph, got "
                + network.getClass().getName());
    }

    /** The network itself. */
    public abstract N model();

    /** Its layers and edges. */
    public abstract NetworkStructure structure();

    /** All parameters as one vector; a view, not a copy. */
    public abstract INDArray flatParameters();

    /**
     * The parameters of a node by key ({@code W}, {@code b}, ...), as views into {@link #flatParameters()}; empty for
     * nodes without parameters. Shapes are DL4J's, except that the weights of one-dimensional convolutions are [kernel,
     * in, out], as the forward pass reads them.
     */
    public abstract Map<String, INDArray> parameters(String node);

    /** Whether the layer was frozen at run time or by its configuration, so that training leaves it alone. */
    public abstract boolean frozen(String node);

    /** The updater's state, if an updater exists (it does after the first fit) and keeps any. */
    public abstract Optional<UpdaterState> updaterState();

    /** A copy of the configuration, ready to be edited and built. */
    public abstract Blueprint<N> blueprint();

    /** Data type of the parameters. */
    public abstract DataType dataType();

    /** A copy with equal parameters, updater state and counters, and without listeners. */
    public final NetworkView<N> copyWithoutListeners() {
        NetworkView<N> copy = blueprint().build(flatParameters().length());
        copy.flatParameters().assign(flatParameters());
        Optional<INDArray> state = flatUpdaterState();
        Optional<INDArray> copiedState = copy.flatUpdaterState();
        if (state.isPresent() && copiedState.isPresent()) {
            copiedState.get().assign(state.get());
        }
        copy.removeListeners();
        return copy;
    }

    /** The updater's whole state as one vector, if there is any; a view. */
    abstract Optional<INDArray> flatUpdaterState();

    abstract void removeListeners();

    /**
     * Gradient of the loss, summed over the examples of one minibatch, regularisation left out; laid out like {@link
     * #flatParameters()}. A training-mode pass: it sets the network's score and calls its listeners, so use a copy.
     */
    public abstract INDArray gradient(DataSet batch);

    /**
     * What every layer and vertex puts out in an inference pass, by name; detached from any workspace. Feature masks, and
     * what recurrent layers remember from rnnTimeStep, play no part.
     *
     * <p>The layers run one by one on copies. DL4J's own feedForward lets an ActivationLayer write over what the layer in
     * front of it put out, so that it returns other values than that layer's, and later readers compute with them.
     *
     * @param inputs one array an input of the network; left untouched
     */
    public final Map<String, INDArray> activations(INDArray... inputs) {
        Map<String, INDArray> result = new LinkedHashMap<>();
        for (NetworkNode node : structure().nodes()) {
            List<INDArray> read = node.inputs().stream()
                    .map(name -> Objects.requireNonNull(result.get(name), name))
                    .toList();
            result.put(node.name(), activation(node, inputs, read));
        }
        return result;
    }

    /**
     * What one node puts out in an inference pass, as in {@link #activations}; for passes that go through a network node by node.
     *
     * @param node of this network
     * @param inputs of the whole network, left untouched
     * @param read what the nodes that feed it put out, in order, left untouched; empty for an input of the network
     */
    public final INDArray activation(NetworkNode node, INDArray[] inputs, List<INDArray> read) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            if (node.content() instanceof NodeContent.Input) {
                return inputs[structure().names().indexOf(node.name())].dup(); // inputs come first
            }
            // copies: some layers write over what they are handed
            return forward(node, inputs, read.stream().map(INDArray::dup).toList(), LayerWorkspaceMgr.noWorkspaces());
        }
    }

    /** Runs one node on arrays that it may write over; called outside any workspace. */
    abstract INDArray forward(NetworkNode node, INDArray[] inputs, List<INDArray> read, LayerWorkspaceMgr none);

    /** Inference outputs for the given inputs, one array an output; detached from any workspace. */
    public abstract INDArray[] output(INDArray... inputs);
}
