package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

record GraphNetwork(ComputationGraph model) implements Network {

    @Override
    public Layer[] layers() {
        return model.getLayers();
    }

    @Override
    public Layer outputLayer() {
        var outputs = model.getConfiguration().getNetworkOutputs();
        if (outputs.size() != 1 || model.getConfiguration().getNetworkInputs().size() != 1) {
            throw new IllegalArgumentException("network must have one input and one output, got "
                    + model.getConfiguration().getNetworkInputs() + " and " + outputs);
        }
        Layer layer = model.getLayer(outputs.get(0));
        if (layer == null) {
            throw new IllegalArgumentException("output \"" + outputs.get(0) + "\" must be a layer, got a vertex");
        }
        return layer;
    }

    @Override
    public Collection<TrainingListener> listeners() {
        return new ArrayList<>(model.getListeners());
    }

    @Override
    public void replaceListeners(Collection<TrainingListener> listeners) {
        model.setListeners(new ArrayList<>(listeners));
    }

    @Override
    public INDArray output(DataSet batch) {
        return model.output(false, array(batch.getFeatures()), mask(batch), null)[0];
    }

    @Override
    public void forwardForTraining(DataSet batch) {
        model.setLayerMaskArrays(mask(batch), null);
        model.feedForward(array(batch.getFeatures()), true, false);
        model.clearLayerMaskArrays();
    }

    private static INDArray[] array(INDArray only) {
        return new INDArray[] {only};
    }

    @SuppressWarnings("NullAway") // DL4J takes null for "no mask"
    private static INDArray[] mask(DataSet batch) {
        INDArray mask = batch.getFeaturesMaskArray();
        return mask == null ? null : array(mask);
    }

    @Override
    public void fit(DataSetIterator batches) {
        model.fit(batches);
    }

    @Override
    public long batchSize() {
        return model.getInput(0).size(0);
    }
}
