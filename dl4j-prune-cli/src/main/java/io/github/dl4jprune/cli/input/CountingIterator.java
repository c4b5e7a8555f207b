package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.training.ForwardingIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Hands batches on and tells of each. */
public final class CountingIterator extends ForwardingIterator {
    private static final long serialVersionUID = 1L;
    private final transient Runnable listener;

    /** Hands batches on and runs the listener after each. */
    public CountingIterator(DataSetIterator batches, Runnable listener) {
        super(batches);
        this.listener = listener;
    }

    @Override
    public DataSet next() {
        DataSet batch = super.next();
        listener.run();
        return batch;
    }

    @Override
    public DataSet next(int examples) {
        DataSet batch = super.next(examples);
        listener.run();
        return batch;
    }
}
