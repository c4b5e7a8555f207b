package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

record LayeredNetwork(MultiLayerNetwork model) implements Network {

    @Override
    public Layer[] layers() {
        return model.getLayers();
    }

    @Override
    public Layer outputLayer() {
        return model.getOutputLayer();
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
        return model.output(batch.getFeatures(), false, batch.getFeaturesMaskArray(), null);
    }

    @Override
    public void forwardForTraining(DataSet batch) {
        model.setLayerMaskArrays(batch.getFeaturesMaskArray(), null);
        model.setInput(batch.getFeatures());
        model.feedForward(true, false);
        model.clearLayerMaskArrays();
    }

    @Override
    public void fit(DataSetIterator batches) {
        model.fit(batches);
    }

    @Override
    public long batchSize() {
        return model.getInput().size(0);
    }
}
