package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.network.NetworkView;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fits one layer of the smaller network. */
final class SiteFit {
    private static final int ROWS_FOR_EACH_INPUT = 20;
    private static final int LEAST_ROWS = 20_000;
    private static final double[] RIDGES = {1e-4, 1e-3, 1e-2, 1e-1, 1, 10};

    /** Part of the gain that is given up for smaller weights: large ones that cancel each other train badly. */
    private static final double FORGONE = 0.05;

    private final Site site;
    private final NetworkView<? extends Model> original;
    private final NetworkView<? extends Model> small;
    private final Random random;

    SiteFit(Site site, NetworkView<? extends Model> original, NetworkView<? extends Model> small, long seed) {
        this.site = site;
        this.original = original;
        this.small = small;
        this.random = new Random(seed);
    }

    /**
     * Writes the weights of the strongest ridge that does nearly best on the examples that judge, if any does better than what
     * is there.
     *
     * @param whole what the layer reads in the original, one array a minibatch
     * @param cut what it reads in the small network
     */
    RebuiltLayer apply(CalibrationExamples examples, List<INDArray> whole, List<INDArray> cut) {
        INDArray start = site.weights(small);
        int fitted = examples.fit().size();
        Moments fit = moments(whole.subList(0, fitted), cut.subList(0, fitted), start, examples.fitted());
        Moments judge =
                moments(whole.subList(fitted, whole.size()), cut.subList(fitted, cut.size()), start, examples.fitted());
        List<Candidate> candidates = Arrays.stream(RIDGES)
                .mapToObj(ridge -> Candidate.of(fit.fit(start, ridge), ridge, judge))
                .toList();
        double before = judge.error(start);
        double least = candidates.stream().mapToDouble(Candidate::error).min().orElse(before);
        if (least >= before) {
            return new RebuiltLayer(site.node().name(), fit.rows(), 0, before, before);
        }
        double enough = least + FORGONE * (before - least);
        Candidate strongest = candidates.stream()
                .filter(candidate -> candidate.error <= enough)
                .max(Comparator.comparingDouble(Candidate::ridge))
                .orElseThrow();
        site.write(small, strongest.weights);
        return new RebuiltLayer(site.node().name(), fit.rows(), strongest.ridge, before, strongest.error);
    }

    private record Candidate(INDArray weights, double ridge, double error) {
        static Candidate of(INDArray weights, double ridge, Moments judge) {
            return new Candidate(weights, ridge, judge.error(weights));
        }
    }

    private Moments moments(List<INDArray> whole, List<INDArray> cut, INDArray start, long fitted) {
        Moments moments = new Moments(start.rows(), start.columns());
        long rows = Math.max(LEAST_ROWS, ROWS_FOR_EACH_INPUT * (long) start.rows());
        long wanted = (rows + fitted - 1) / fitted;
        for (int i = 0; i < whole.size(); i++) {
            INDArray read = whole.get(i);
            int[][] positions = positions(read.size(0), site.rows().positions(read), wanted);
            moments.add(site.rows(small, cut.get(i), positions), site.targets(original, read, positions));
        }
        return moments;
    }

    private int[][] positions(long examples, int all, long wanted) {
        int[][] positions = new int[(int) examples][];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = wanted >= all
                    ? IntStream.range(0, all).toArray()
                    : random.ints(wanted, 0, all).toArray();
        }
        return positions;
    }
}
