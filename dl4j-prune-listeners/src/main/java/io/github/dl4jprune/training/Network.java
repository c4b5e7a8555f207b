package io.github.dl4jprune.training;

import io.github.dl4jprune.network.Blueprint;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.network.NodeContent.VertexContent;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What training needs of either network type. */
sealed interface Network permits LayeredNetwork, GraphNetwork {

    static Network of(Model model) {
        if (model instanceof MultiLayerNetwork layered) {
            return new LayeredNetwork(layered);
        }
        if (model instanceof ComputationGraph graph) {
            return new GraphNetwork(graph);
        }
        throw new IllegalArgumentException("network must be a MultiLayerNetwork or a ComputationGraph, got "
                + model.getClass().getName());
    }

    Model model();

    Layer[] layers();

    /** The only output layer; an error where there are several. */
    Layer outputLayer();

    Collection<TrainingListener> listeners();

    void replaceListeners(Collection<TrainingListener> listeners);

    /** Same weights, counters and frozen layers, edited configuration; fresh updater state and no listeners. */
    default Network copy(Consumer<TrainingConfig> edit) {
        NetworkView<Model> view = NetworkView.of(model());
        Blueprint<Model> blueprint = view.blueprint();
        for (NetworkNode node : blueprint.structure().nodes()) {
            if (node.content() instanceof LayerContent content) {
                edit.accept(content.layer());
            } else if (node.content() instanceof VertexContent content
                    && content.vertex() instanceof TrainingConfig trained) {
                edit.accept(trained);
            }
        }
        INDArray parameters = view.flatParameters();
        NetworkView<Model> built = blueprint.build(parameters.length());
        built.flatParameters().assign(parameters);
        Network copy = of(built.model());
        copy.replaceListeners(List.of());
        return copy;
    }

    /** Inference; the result belongs to no workspace. */
    INDArray output(DataSet batch);

    /** One forward pass in training mode that leaves its input with every layer. */
    void forwardForTraining(DataSet batch);

    /** One epoch. */
    void fit(DataSetIterator batches);

    /** Examples in the minibatch that is being trained on. */
    long batchSize();
}
