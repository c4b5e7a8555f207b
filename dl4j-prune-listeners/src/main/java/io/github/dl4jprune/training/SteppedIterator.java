package io.github.dl4jprune.training;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tells when a batch is about to be trained on and when it is done with: DL4J asks for the next batch only when the
 * iteration of the last one is wholly over, counters and constraints included. Declines prefetching, which would break that.
 */
final class SteppedIterator implements DataSetIterator {
    private static final long serialVersionUID = 1L;
    private final transient DataSetIterator batches;
    private final transient Consumer<DataSet> before;
    private final transient Runnable after;
    private boolean underWay;

    SteppedIterator(DataSetIterator batches, Consumer<DataSet> before, Runnable after) {
        this.batches = batches;
        this.before = before;
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        if (underWay) {
            underWay = false;
            after.run();
        }
        return batches.hasNext();
    }

    @Override
    public DataSet next() {
        DataSet batch = batches.next();
        before.accept(batch);
        underWay = true;
        return batch;
    }

    @Override
    public DataSet next(int examples) {
        throw new UnsupportedOperationException("batches come as they are");
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
        return false;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("an epoch is gone through once");
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
