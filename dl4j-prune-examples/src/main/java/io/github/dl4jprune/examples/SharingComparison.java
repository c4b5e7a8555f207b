package io.github.dl4jprune.examples;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.compression.Clustering;
import io.github.dl4jprune.compression.Initialization;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a sparse network loses when its weights are shared and nothing is trained: bits against the ways to find centroids.
 * Run with the data, a network such as {@link DeepCompressionLeNet}'s pruned one, and a folder for the picture of its first
 * layer's weights.
 */
public final class SharingComparison {
    private static final int BATCH = 500;
    private static final int FEWEST_BITS = 1;
    private static final int MOST_BITS = 6;
    private static final int PICTURED_BITS = 4;

    private final SavedModel model;
    private final DataSource data;

    SharingComparison(SavedModel model, DataSource data) {
        this.model = model;
        this.data = data;
    }

    /**
     * Prints the table and draws the picture.
     *
     * @param arguments data such as {@code mnist:DIR}, a model file, a folder
     */
    public static void main(String[] arguments) throws IOException {
        OneDnn.enable();
        Path picture = Files.createDirectories(Path.of(arguments[2])).resolve("weights.png");
        SavedModel model = ModelFile.read(Path.of(arguments[1]));
        SharingComparison comparison = new SharingComparison(model, DataSource.parse(arguments[0]));
        comparison.print();
        MultiLayerNetwork network = (MultiLayerNetwork) model.network();
        WeightDistribution.of(network, comparison.share(network, PICTURED_BITS, Clustering.exact()))
                .write(picture);
    }

    private void print() {
        MultiLayerNetwork sparse = (MultiLayerNetwork) model.network();
        System.out.printf("validation error, %%: %.2f before sharing%nbits", error(sparse));
        clusterings().keySet().forEach(name -> System.out.printf("  %8s", name));
        for (int bits = FEWEST_BITS; bits <= MOST_BITS; bits++) {
            System.out.printf("%n%4d", bits);
            for (Clustering clustering : clusterings().values()) {
                System.out.printf("  %8.2f", error(share(sparse, bits, clustering)));
            }
        }
        System.out.println();
    }

    static Map<String, Clustering> clusterings() {
        Map<String, Clustering> clusterings = new LinkedHashMap<>();
        for (Initialization start : Initialization.values()) {
            clusterings.put(start.text(), new Clustering(Clustering.Method.LLOYD, start, 1));
        }
        clusterings.put("exact", Clustering.exact());
        return clusterings;
    }

    /** A copy with shared weights. */
    MultiLayerNetwork share(MultiLayerNetwork sparse, int bits, Clustering clustering) {
        SharedModel shared = new SharingPlan.Builder()
                .convolutionBits(bits)
                .denseBits(bits)
                .clustering(clustering)
                .build()
                .share(sparse);
        MultiLayerNetwork copy = sparse.clone();
        shared.applyTo(copy);
        return copy;
    }

    private double error(MultiLayerNetwork network) {
        ImageIterator images = new ImageIterator.Builder(data.load(Split.VALIDATION))
                .batch(BATCH)
                .build();
        images.setPreProcessor(model.normalizer());
        return 100 * (1 - ModelEvaluation.of(network, images).accuracy());
    }
}
