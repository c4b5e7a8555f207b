package io.github.dl4jprune.examples;

import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.search.BeeColony;
import io.github.dl4jprune.search.NetworkFitness;
import io.github.dl4jprune.search.WidthSearch;
import io.github.dl4jprune.search.WidthSearchResult;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.TrainedAccuracy;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;

/**
 * Searches the inner widths of a network with at most seven tenths of each group left, by the accuracy on validation data after
 * two epochs of training, and writes the best one, which is still to be trained. Started again after a kill with the
 * same arguments, it goes on where it was.
 */
public final class SearchWidths {
    private static final long SEED = 1;

    private SearchWidths() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, and the file to write; the state of the search lies beside
     *     it as {@code FILE.search.json}, the widths as {@code FILE.ratios.json}
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        Path out = Path.of(arguments[2]);
        ModelFile.checkWritable(out);
        BeeColony colony = new BeeColony.Builder()
                .sources(3)
                .cycles(2)
                .foodLimit(2)
                .most(7)
                .seed(SEED)
                .build();
        WidthSearchResult<Model> result = run(
                input.model().network(),
                TrainedAccuracy.of(input::train, input.validation(), SEED),
                colony,
                out.resolveSibling(out.getFileName() + ".search.json"));
        result.writeRatios(out.resolveSibling(out.getFileName() + ".ratios.json"));
        ModelFile.write(out, input.model().withNetwork(result.network()), UpdaterState.LEFT_OUT);
    }

    /**
     * Searches.
     *
     * @param network a trained one
     * @param fitness what a candidate is worth
     * @param colony how the search goes
     * @param state file that keeps what is known
     * @return the best widths and the network that has them
     */
    static <N extends Model> WidthSearchResult<N> run(N network, NetworkFitness fitness, BeeColony colony, Path state) {
        WidthSearchResult<N> result = WidthSearch.of(network)
                .groups(WidthSearch.Groups.INNER)
                .colony(colony)
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
