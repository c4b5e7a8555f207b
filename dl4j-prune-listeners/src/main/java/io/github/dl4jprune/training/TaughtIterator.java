package io.github.dl4jprune.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Widens the labels {@code [examples, classes]} of every batch to {@code [examples, 2 classes]}. */
record TaughtIterator(DataSetIterator batches, Function<DataSet, INDArray> teacher) implements DataSetIterator {

    @Override
    public DataSet next() {
        return taught(batches.next());
    }

    @Override
    public DataSet next(int examples) {
        return taught(batches.next(examples));
    }

    private DataSet taught(DataSet batch) {
        INDArray opinion = teacher.apply(batch);
        INDArray labels = batch.getLabels().castTo(opinion.dataType());
        if (!labels.equalShapes(opinion)) {
            throw new IllegalArgumentException("teacher must answer in the shape of the labels "
                    + Arrays.toString(labels.shape()) + ", got " + Arrays.toString(opinion.shape()));
        }
        return new DataSet(
                batch.getFeatures(),
                Nd4j.concat(1, labels, opinion),
                batch.getFeaturesMaskArray(),
                batch.getLabelsMaskArray());
    }

    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    @Override
    public void reset() {
        batches.reset();
    }

    @Override
    public boolean resetSupported() {
        return batches.resetSupported();
    }

    @Override
    public boolean asyncSupported() {
        return batches.asyncSupported();
    }

    @Override
    public int batch() {
        return batches.batch();
    }

    @Override
    public int inputColumns() {
        return batches.inputColumns();
    }

    @Override
    public int totalOutcomes() {
        return batches.totalOutcomes();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        batches.setPreProcessor(preProcessor);
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return batches.getPreProcessor();
    }

    @Override
    public List<String> getLabels() {
        return batches.getLabels();
    }
}
