package io.github.dl4jprune.training;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Training data that can be entered at any batch, and then gives what an uninterrupted run would have seen. */
public interface TrainingBatches {
    /** Number of batches of every epoch, at least 1. */
    int perEpoch();

    /**
     * The batches of one epoch from one of them on.
     *
     * @param epoch from 0
     * @param batch how many batches of it to leave out, less than {@link #perEpoch}
     * @return an iterator that declines prefetching
     */
    DataSetIterator from(int epoch, int batch);
}
