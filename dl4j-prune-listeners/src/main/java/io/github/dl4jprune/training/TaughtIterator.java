package io.github.dl4jprune.training;

import java.util.Arrays;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Widens the labels {@code [examples, classes]} of every batch to {@code [examples, 2 classes]}. */
final class TaughtIterator extends ForwardingIterator {
    private static final long serialVersionUID = 1L;
    private final transient Function<DataSet, INDArray> teacher;

    TaughtIterator(DataSetIterator batches, Function<DataSet, INDArray> teacher) {
        super(batches);
        this.teacher = teacher;
    }

    @Override
    public DataSet next() {
        return taught(super.next());
    }

    @Override
    public DataSet next(int examples) {
        return taught(super.next(examples));
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
}
