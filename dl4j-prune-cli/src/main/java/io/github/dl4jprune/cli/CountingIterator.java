package io.github.dl4jprune.cli;

import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Hands batches on and tells of each. */
final class CountingIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;
    private final transient DataSetIterator batches;
    private final transient Runnable listener;

    CountingIterator(DataSetIterator batches, Runnable listener) {
        this.batches = batches;
        this.listener = listener;
    }

    @Override
    public DataSet next() {
        DataSet batch = batches.next();
        listener.run();
        return batch;
    }

    @Override
    public DataSet next(int examples) {
        DataSet batch = batches.next(examples);
        listener.run();
        return batch;
    }

    @Override
    public boolean hasNext() {
        return batches.hasNext();
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
    public boolean resetSupported() {
        return batches.resetSupported();
    }

    @Override
    public boolean asyncSupported() {
        return batches.asyncSupported();
    }

    @Override
    public void reset() {
        batches.reset();
    }

    @Override
    public int batch() {
        return batches.batch();
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
