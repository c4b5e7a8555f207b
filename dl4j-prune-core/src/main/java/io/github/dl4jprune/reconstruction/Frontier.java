package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An inference pass that stands between two layers: what was put out behind it and is still to be read before it, for every
 * minibatch. Weights of layers that it has not passed may change.
 */
final class Frontier {
    private final NetworkView<? extends Model> network;
    private final List<INDArray> batches;
    private final Map<String, List<INDArray>> live = new HashMap<>();

    /** In front of the first node. */
    Frontier(NetworkView<? extends Model> network, List<INDArray> batches) {
        this.network = network;
        this.batches = batches;
    }

    /** What the layer in front of which this stands reads, one array a minibatch. */
    List<INDArray> read(Site site) {
        List<INDArray> before = output(site.node().inputs().get(0));
        List<INDArray> reads = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            reads.add(site.read(network, before.get(i), batches.get(i).size(0)));
        }
        return reads;
    }

    private List<INDArray> output(String node) {
        return Objects.requireNonNull(live.get(node), node);
    }

    /** Runs the next node, and forgets what none of the waiting ones reads. */
    void pass(NetworkNode next, List<NetworkNode> waiting) {
        NetworkNode own = network.structure().node(next.name());
        List<INDArray> made = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            int batch = i;
            List<INDArray> read =
                    own.inputs().stream().map(name -> output(name).get(batch)).toList();
            made.add(network.activation(own, new INDArray[] {batches.get(i)}, read));
        }
        live.put(own.name(), made);
        Set<String> wanted = new HashSet<>();
        waiting.forEach(node -> wanted.addAll(node.inputs()));
        live.keySet().retainAll(wanted);
        // outside workspaces arrays are freed by the collector, which sees a small heap and would come too late
        Nd4j.getMemoryManager().invokeGc();
    }
}
