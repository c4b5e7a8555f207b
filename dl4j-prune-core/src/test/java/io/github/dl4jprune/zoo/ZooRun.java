package io.github.dl4jprune.zoo;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One zoo network, pruned at sparsity 0.5 by L2 norm and verified.
 *
 * @param network which one
 * @param result what the pruner returned
 * @param widthsBefore number of units of every layer with weights
 * @param widthsAfter the same behind the surgery, read from the new configuration
 * @param scale largest absolute output of the shrunk network
 * @param spread largest difference between its outputs for the two examples
 */
record ZooRun(
        ZooNetwork network,
        PruningResult<Model> result,
        Map<String, Long> widthsBefore,
        Map<String, Long> widthsAfter,
        double scale,
        double spread) {
    static final long SEED = 20261122;
    private static final double SPARSITY = 0.5;

    /** Prunes it. What it compares stands before the last softmax, which would hide differences. */
    static ZooRun of(ZooNetwork which) {
        Model model = which.build(SEED);
        NetworkView<Model> view = NetworkView.of(model);
        RandomWeights.liven(view, SEED, which.sigmoidGain());
        exposeOutputs(view);
        InputTypes types = InputTypes.of(view.structure(), List.of(which.inputShape()));
        INDArray[] examples = ExampleInputs.random(view, types, 2, SEED);
        PruningResult<Model> result = Pruner.of(model)
                .sparsity(SPARSITY)
                .inputShapes(which.inputShape())
                .verifyOn(examples)
                .prune();
        NetworkView<Model> small = NetworkView.of(result.network());
        double scale = 0;
        double spread = 0;
        for (INDArray output : small.output(examples)) {
            scale = Math.max(scale, largest(output));
            spread = Math.max(spread, largest(output.slice(0).sub(output.slice(1))));
        }
        return new ZooRun(which, result, widths(view), widths(small), scale, spread);
    }

    /** Largest difference between the masked and the shrunk network, relative to the largest output. */
    double difference() {
        return result.verification().orElseThrow().maxAbsoluteDifference() / scale;
    }

    /** Multiply-adds removed, as a fraction. */
    double macsRemoved() {
        return 1 - (double) result.after().macs() / result.before().macs();
    }

    private static double largest(INDArray values) {
        return Transforms.abs(values).maxNumber().doubleValue();
    }

    static void exposeOutputs(NetworkView<Model> view) {
        for (String output : view.structure().outputs()) {
            if (view.structure().node(output).content() instanceof LayerContent content
                    && content.layer() instanceof BaseLayer layer) {
                layer.setActivationFn(new ActivationIdentity());
            }
        }
    }

    private static Map<String, Long> widths(NetworkView<Model> view) {
        Map<String, Long> widths = new LinkedHashMap<>();
        for (NetworkNode node : view.structure().nodes()) {
            if (view.parameters(node.name()).containsKey("W")
                    && node.content() instanceof LayerContent content
                    && content.layer() instanceof FeedForwardLayer layer) {
                widths.put(node.name(), layer.getNOut());
            }
        }
        return widths;
    }
}
