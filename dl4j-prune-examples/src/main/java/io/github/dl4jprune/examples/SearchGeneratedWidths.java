package io.github.dl4jprune.examples;

import io.github.dl4jprune.generation.PruningNetTraining;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.search.EvolutionSearch;
import io.github.dl4jprune.search.NetworkFitness;
import io.github.dl4jprune.search.WidthScale;
import io.github.dl4jprune.search.WidthSearch;
import io.github.dl4jprune.search.WidthSearchResult;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.RecalibratedAccuracy;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * MetaPruning: trains a PruningNet that generates weights for any inner widths, then lets an evolution look for those of best accuracy on
 * validation data under half of the multiply-adds, nothing trained for a candidate. Writes the best network, which is still to be
 * trained. Started again after a kill with the same arguments, it goes on where it was, the PruningNet's training aside.
 */
public final class SearchGeneratedWidths {
    private static final long SEED = 1;
    private static final int LEVELS = 31;
    private static final double LEAST = 0.1;
    private static final double MACS = 0.5;
    private static final int RECALIBRATION_BATCHES = 10;

    private SearchGeneratedWidths() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, the file to write, and optionally how many training images;
     *     the state of the search lies beside the output as {@code FILE.search.json} and {@code FILE.search.json.pruningnet}, the
     *     widths as {@code FILE.ratios.json}
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        Path out = Path.of(arguments[2]);
        ModelFile.checkWritable(out);
        int examples = arguments.length > 3 ? Integer.parseInt(arguments[3]) : Integer.MAX_VALUE;
        EvolutionSearch evolution = new EvolutionSearch.Builder()
                .population(10)
                .mutations(5)
                .crossovers(5)
                .iterations(5)
                .seed(SEED)
                .build();
        WidthSearchResult<Model> result = run(
                input.model().network(),
                input.train(examples),
                new RecalibratedAccuracy(
                        new BatchNormRecalibration(RECALIBRATION_BATCHES),
                        () -> input.train(examples),
                        input.validation()),
                evolution,
                out.resolveSibling(out.getFileName() + ".search.json"));
        result.writeRatios(out.resolveSibling(out.getFileName() + ".ratios.json"));
        ModelFile.write(out, input.model().withNetwork(result.network()), UpdaterState.LEFT_OUT);
    }

    /**
     * Searches.
     *
     * @param network a trained one
     * @param train what the PruningNet is trained on, once through
     * @param fitness what a candidate with generated weights is worth
     * @param evolution how the search goes
     * @param state file that keeps what is known
     * @return the best widths and the network that has them
     */
    static <N extends Model> WidthSearchResult<N> run(
            N network, DataSetIterator train, NetworkFitness fitness, EvolutionSearch evolution, Path state) {
        PruningNetTraining training =
                new PruningNetTraining.Builder().seed(SEED).build();
        WidthSearchResult<N> result = WidthSearch.of(network)
                .groups(WidthSearch.Groups.INNER)
                .scale(WidthScale.even(LEAST, LEVELS))
                .evolution(evolution)
                .generate(
                        training,
                        train,
                        (iteration, iterations, loss) -> System.out.printf(
                                "PruningNet, iteration %d of %d: loss %.3f%n", iteration, iterations, loss))
                .macs(MACS)
                .fitness(fitness)
                .keep(state)
                .progress((candidate, best, atMost) -> System.out.printf(
                        "candidate %d of at most %d: widths %s, %.1f %% of the MACs, %.2f %% right, best %.2f %%%n",
                        candidate.number(),
                        atMost,
                        candidate.entries(),
                        100 * candidate.macs(),
                        100 * candidate.fitness(),
                        100 * best.fitness()))
                .run();
        System.out.println(result.ratios());
        return result;
    }
}
