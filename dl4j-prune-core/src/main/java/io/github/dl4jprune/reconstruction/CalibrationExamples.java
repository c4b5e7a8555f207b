package io.github.dl4jprune.reconstruction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Examples to fit to, and about a fifth that judge the fit.
 *
 * @param fit minibatches
 * @param judge minibatches
 */
record CalibrationExamples(List<INDArray> fit, List<INDArray> judge) {
    private static final int JUDGES = 5;

    /** The first examples of an iterator, copied. */
    static CalibrationExamples of(DataSetIterator data, int atMost) {
        List<INDArray> fit = new ArrayList<>();
        List<INDArray> judge = new ArrayList<>();
        long taken = 0;
        data.reset();
        while (data.hasNext() && taken < atMost) {
            DataSet batch = data.next();
            INDArray features = batch.getFeatures();
            long examples = Math.min(features.size(0), atMost - taken);
            long held = held(examples, fit.size() + judge.size());
            add(fit, features, 0, examples - held);
            add(judge, features, examples - held, examples);
            taken += examples;
        }
        if (fit.isEmpty() || judge.isEmpty()) {
            throw new IllegalArgumentException(
                    "reconstruction must have at least 2 examples, one to fit to and one to judge, got " + taken);
        }
        return new CalibrationExamples(fit, judge);
    }

    /** Of a minibatch of several the last fifth, but one at least; of those of one every fifth, from the second on. */
    private static long held(long examples, int batch) {
        return examples > 1 ? Math.max(1, examples / JUDGES) : batch % JUDGES == 1 ? 1 : 0;
    }

    private static void add(List<INDArray> list, INDArray features, long from, long to) {
        if (to > from) {
            list.add(features.get(NDArrayIndex.interval(from, to)).dup('c'));
        }
    }

    /** Those to fit to, then those that judge. */
    List<INDArray> all() {
        return Stream.concat(fit.stream(), judge.stream()).toList();
    }

    long count() {
        return count(fit) + count(judge);
    }

    long fitted() {
        return count(fit);
    }

    private static long count(List<INDArray> batches) {
        return batches.stream().mapToLong(batch -> batch.size(0)).sum();
    }
}
