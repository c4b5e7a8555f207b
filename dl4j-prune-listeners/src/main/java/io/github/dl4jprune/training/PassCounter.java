package io.github.dl4jprune.training;

import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Counts how often data have been begun anew, so that another process can bring its own to the same place. */
final class PassCounter extends ForwardingIterator {
    private static final long serialVersionUID = 1L;
    private volatile boolean read;
    private int passes;

    PassCounter(DataSetIterator batches) {
        super(batches);
    }

    /** How often data of which something had been read were reset. */
    int passes() {
        return passes;
    }

    /** Begins passes, and reads the first batch of each, until there have been so many. */
    void advance(int wanted) {
        while (passes < wanted) {
            reset();
            next();
        }
    }

    @Override
    public DataSet next() {
        read = true;
        return super.next();
    }

    @Override
    public DataSet next(int examples) {
        read = true;
        return super.next(examples);
    }

    @Override
    public void reset() {
        if (read) {
            passes++;
            read = false;
        }
        super.reset();
    }
}
