package io.github.dl4jprune.models;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Imports Keras models through DL4J's own importer.
 *
 * <p>The network keeps Keras's axis order: one saved with {@code channels_last} expects {@code [examples, height, width,
 * channels]} input ({@link ImageLayout} tells). A file does not say how its pixels were prepared, so the normaliser is
 * {@link PixelScale#RAW}. Without a compiled training configuration in the file, the network has no loss and can be run
 * but not trained. DL4J M2.1 drops Keras regularisers.
 */
public final class KerasImport {
    private static final long SEED = 42;
    private static final String MODEL = "model_config";
    private static final String TRAINING = "training_config";

    private KerasImport() {}

    /**
     * Imports a functional or sequential model with its weights.
     *
     * @param file a Keras HDF5 file that holds configuration and weights, as {@code model.save("x.h5")} writes it
     * @return a {@code ComputationGraph} for a functional model, a {@code MultiLayerNetwork} for a sequential one
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no HDF5 file, cut short, holds no Keras model or one that DL4J does not
     *     support
     */
    public static ImportedModel h5(Path file) throws IOException {
        Hdf5Header.require(file);
        try {
            boolean training;
            KerasConfiguration model;
            try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
                if (!archive.hasAttribute(MODEL)) {
                    throw new IllegalArgumentException(file + ": no Keras model: the file has no attribute \"" + MODEL
                            + "\" (were only the weights saved?)");
                }
                training = archive.hasAttribute(TRAINING);
                model = KerasConfiguration.of(archive.readAttributeAsJson(MODEL));
            }
            Model network = model.sequential()
                    ? tidy(KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), training))
                    : tidy(KerasModelImport.importKerasModelAndWeights(file.toString(), training));
            return new ImportedModel(network, PixelScale.RAW.normalizer(), model.inputShape());
        } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
            throw new IllegalArgumentException(file + ": cannot import this Keras model: " + e.getMessage(), e);
        }
    }

    private static ComputationGraph tidy(ComputationGraph imported) {
        ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(
                imported.getConfiguration().toJson());
        configuration.getDefaultConfiguration().setSeed(SEED);
        configuration.getVertices().values().forEach(vertex -> {
            if (vertex instanceof LayerVertex layer) {
                tidy(layer.getLayerConf());
            }
        });
        ComputationGraph network = new ComputationGraph(configuration);
        network.init(imported.params().dup(), false);
        return network;
    }

    private static MultiLayerNetwork tidy(MultiLayerNetwork imported) {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(
                imported.getLayerWiseConfigurations().toJson());
        configuration.getConfs().forEach(KerasImport::tidy);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(imported.params().dup(), false);
        return network;
    }

    /** The importer seeds with the clock, and gives every layer a dropout that keeps everything but costs time. */
    private static void tidy(NeuralNetConfiguration configuration) {
        configuration.setSeed(SEED);
        Layer layer = configuration.getLayer();
        if (layer.getIDropout() instanceof Dropout dropout && dropout.getP() == 1 && dropout.getPSchedule() == null) {
            layer.setIDropout(null);
        }
    }
}
