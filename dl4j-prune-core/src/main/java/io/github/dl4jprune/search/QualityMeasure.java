package io.github.dl4jprune.search;

import org.deeplearning4j.nn.api.Model;

/** Tells how well a network does, always on the same data, which must be no test data. */
@FunctionalInterface
public interface QualityMeasure {
    /**
     * Measures.
     *
     * @param network left unchanged
     */
    Quality of(Model network);
}
