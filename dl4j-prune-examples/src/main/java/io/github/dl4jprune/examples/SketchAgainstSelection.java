package io.github.dl4jprune.examples;

import io.github.dl4jprune.FilterSketch;
import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.SketchResult;
import io.github.dl4jprune.SketchedGroup;
import io.github.dl4jprune.SketchedGroup.Treatment;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.ModelEvaluation;
import io.github.dl4jprune.training.TrainingProgress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Narrows the inner widths of a network twice, by sketching filters and by choosing those of largest norm, and compares the
 * two on validation data: as they are, with batch normalisation measured anew, and after the same short training.
 */
public final class SketchAgainstSelection {
    private static final int RECALIBRATION_BATCHES = 16;

    private SketchAgainstSelection() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, and optionally sparsity (0.4), epochs (1) and the number of
     *     training images (all)
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        double sparsity = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 0.4;
        int epochs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        int examples = arguments.length > 4 ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
        FineTuning training = new FineTuning.Builder().epochs(epochs).seed(1).build();
        narrowed(input.model().network(), sparsity).forEach((name, network) -> {
            double[] accuracies = compared(network, input.train(examples), input.validation(), training);
            System.out.printf(
                    "%-9s  %.2f %% as it is, %.2f %% recalibrated, %.2f %% after %d epochs%n",
                    name, 100 * accuracies[0], 100 * accuracies[1], 100 * accuracies[2], epochs);
        });
    }

    /** The same widths, reached in two ways; groups that cannot be sketched stay whole in both. */
    static <N extends Model> Map<String, N> narrowed(N network, double sparsity) {
        SketchResult<N> sketch = FilterSketch.of(network).sparsity(sparsity).sketch();
        Pruner<N> pruner = Pruner.of(network).criterion(new L2Norm()).sparsity(sparsity);
        sketch.groups().stream()
                .filter(group -> group.treatment() == Treatment.LEFT_ALONE)
                .map(SketchedGroup::name)
                .forEach(pruner::ignore);
        Map<String, N> networks = new LinkedHashMap<>();
        networks.put("selection", pruner.prune().network());
        networks.put("sketch", sketch.network());
        return networks;
    }

    /** Accuracies as it is, recalibrated, and trained from where it was. */
    static double[] compared(Model network, DataSetIterator train, DataSetIterator validation, FineTuning training) {
        double plain = ModelEvaluation.of(network, validation).accuracy();
        Model trained = training.fit(network, train, TrainingProgress.none());
        new BatchNormRecalibration(RECALIBRATION_BATCHES).apply(network, train);
        double recalibrated = ModelEvaluation.of(network, validation).accuracy();
        return new double[] {
            plain, recalibrated, ModelEvaluation.of(trained, validation).accuracy()
        };
    }
}
