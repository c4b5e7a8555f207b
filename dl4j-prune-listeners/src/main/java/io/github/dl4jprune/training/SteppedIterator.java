package io.github.dl4jprune.training;

import java.util.function.Consumer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tells when a batch is about to be trained on and when it is done with: DL4J asks for the next batch only when the
 * iteration of the last one is wholly over, counters and constraints included. Declines prefetching, which would break that.
 */
final class SteppedIterator extends ForwardingIterator {
    private static final long serialVersionUID = 1L;
    private final transient Consumer<DataSet> before;
    private final transient Runnable after;
    private boolean underWay;

    SteppedIterator(DataSetIterator batches, Consumer<DataSet> before, Runnable after) {
        super(batches);
        this.before = before;
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        if (underWay) {
            underWay = false;
            after.run();
        }
        return super.hasNext();
    }

    @Override
    public DataSet next() {
        DataSet batch = super.next();
        before.accept(batch);
        underWay = true;
        return batch;
    }

    @Override
    public DataSet next(int examples) {
        throw new UnsupportedOperationException("batches come as they are");
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
}
