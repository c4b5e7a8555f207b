package io.github.dl4jprune.training;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data that cannot be had a second time. */
final class OnceIterator extends ForwardingIterator {
    private static final long serialVersionUID = 1L;

    OnceIterator(DataSetIterator batches) {
        super(batches);
    }

    @Override
    public boolean resetSupported() {
        return false;
    }
}
