package io.github.dl4jprune.examples;

import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.recipe.Recipe;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.recipe.RecipeReader;
import io.github.dl4jprune.recipe.RecipeRun;
import io.github.dl4jprune.recipe.Settings;
import io.github.dl4jprune.sweep.ParetoFront;
import io.github.dl4jprune.sweep.SettingsSpace;
import io.github.dl4jprune.sweep.Sweep;
import io.github.dl4jprune.sweep.SweepPlan;
import io.github.dl4jprune.sweep.SweepSearch;
import io.github.dl4jprune.sweep.TrialResult;
import io.github.dl4jprune.sweep.TrialStore;
import io.github.dl4jprune.training.ModelEvaluation;
import io.github.dl4jprune.training.TrainingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * An Arbiter sweep over how a VGG is pruned: the sparsities of its early and late convolutions and of its dense layers, the
 * schedule and the criterion. Killed and started again, it trains only the candidates that are still missing.
 */
public final class ArbiterSweep {
    private static final int EPOCHS = 3;
    private static final double MAX_MACS = 0.5;

    private ArbiterSweep() {}

    /**
     * Runs it, or goes on.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, and a folder for the results
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        SweepPlan plan = new SweepPlan(space(), SweepSearch.RANDOM, 20, 3, 1);
        SweptNetwork network =
                new SweptNetwork(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
        run(network, new Sweep(plan, MAX_MACS), Path.of(arguments[2]));
    }

    /** What varies. */
    static SettingsSpace space() {
        Map<String, ParameterSpace<?>> spaces = new LinkedHashMap<>();
        spaces.put("shallow", new ContinuousParameterSpace(0.1, 0.5));
        spaces.put("deep", new ContinuousParameterSpace(0.2, 0.7));
        spaces.put("dense", new ContinuousParameterSpace(0.2, 0.8));
        spaces.put("schedule", new DiscreteParameterSpace<>("log", "agp", "one-shot"));
        spaces.put("criterion", new DiscreteParameterSpace<>("l2", "geometric-median"));
        return new SettingsSpace(spaces);
    }

    /**
     * Trains every candidate and prints a table, the best first.
     *
     * @param network what is pruned, and on what it trains
     * @param sweep the candidates, and the bound on the multiply-adds
     * @param folder where results are kept
     * @return the results that no other one beats in both accuracy and size
     */
    static List<TrialResult> run(SweptNetwork network, Sweep sweep, Path folder) throws IOException {
        TrialStore kept = new TrialStore(folder, Map.of());
        List<TrialResult> results =
                sweep.run((index, settings) -> kept.result(index, settings, () -> network.trial(settings)));
        List<TrialResult> front = ParetoFront.of(results);
        System.out.println("accuracy, %   MACs left, %   on the front   candidate");
        results.stream()
                .sorted((a, b) -> Double.compare(b.score(sweep.maxMacs()), a.score(sweep.maxMacs())))
                .forEach(result -> System.out.printf(
                        "%11.2f   %12.2f   %-12s   %s%n",
                        100 * result.accuracy(),
                        100 * result.macs(),
                        front.contains(result) ? "yes" : "",
                        result.settings()));
        return front;
    }

    /**
     * The network of a sweep.
     *
     * @param network a VGG; it stays as it is
     * @param train what candidates train on
     * @param validation what they are compared on
     * @param epochs how long each trains
     */
    record SweptNetwork(MultiLayerNetwork network, ImageIterator train, ImageIterator validation, int epochs) {
        /** Trains one candidate. */
        TrialResult trial(Map<String, Object> settings) {
            RecipeRun run = new RecipeRun(
                    recipe(settings),
                    new ResumableImages(train),
                    train,
                    model -> ModelEvaluation.of(model, validation).accuracy(),
                    TrainingProgress.none(),
                    0,
                    (model, iterations, position, state) -> {});
            RecipeOutcome<MultiLayerNetwork> outcome = run.of(network, TrainingPosition.START, PruningListener::attach);
            validation.reset();
            PruningResult<MultiLayerNetwork> small = ZeroChannels.remove(
                    outcome.network(),
                    InputTypes.infer(NetworkView.of(network).structure()),
                    validation.next(2).getFeatures());
            return new TrialResult(
                    settings,
                    outcome.epochs().get(epochs - 1).validationAccuracy(),
                    (double) small.after().macs() / small.before().macs(),
                    (double) small.after().parameters() / small.before().parameters(),
                    outcome.epochs().get(epochs - 1).sparsity());
        }

        /** What the configuration file of {@code ./dl4j-prune train} would say. */
        private Recipe recipe(Map<String, Object> settings) {
            VggRatios ratios =
                    new VggRatios(number(settings, "shallow"), number(settings, "deep"), number(settings, "dense"));
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("method", "dynamic");
            keys.put("granularity", "filter");
            keys.put("criterion", settings.get("criterion"));
            keys.put("layers", ratios.of(network));
            keys.put(
                    "schedule",
                    Map.of(
                            "type",
                            settings.get("schedule"),
                            "unit",
                            "iteration",
                            "every",
                            2,
                            "end",
                            epochs * train.batches() / 2));
            keys.put("epochs", epochs);
            return RecipeReader.read(new Settings("candidate " + settings, keys));
        }

        private static double number(Map<String, Object> settings, String key) {
            return (double) Objects.requireNonNull(settings.get(key));
        }
    }
}
