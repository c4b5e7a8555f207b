package io.github.dl4jprune.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fills published architectures with published weights. Every array of the checkpoint is used exactly once and every
 * parameter of the network set exactly once, fixed shortcuts apart; anything else is an error that names the array.
 */
public final class CheckpointImport {
    private final Path file;
    private final ArrayNaming naming;
    private final Map<String, INDArray> unused;

    private CheckpointImport(Path file, ArrayNaming naming, Map<String, INDArray> arrays) {
        this.file = file;
        this.naming = naming;
        this.unused = new LinkedHashMap<>(arrays);
    }

    /**
     * Imports a NumPy archive into a FLOAT network of ten classes.
     *
     * @param file an {@code .npz} archive with one array a parameter
     * @param architecture of the network that the weights were trained in
     * @return the network and the normaliser of its published input scale
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file is no such archive or damaged, if an array is missing, left over, of
     *     the wrong shape or not finite
     */
    public static ImportedModel npz(Path file, Architecture architecture) throws IOException {
        return npz(file, architecture, ModelOptions.defaults());
    }

    /**
     * Imports a NumPy archive.
     *
     * @param file an {@code .npz} archive with one array a parameter
     * @param architecture of the network that the weights were trained in
     * @param options classes, data type and training configuration of the network
     * @return the network and the normaliser of its published input scale
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file is no such archive or damaged, if an array is missing, left over, of
     *     the wrong shape or not finite
     */
    public static ImportedModel npz(Path file, Architecture architecture, ModelOptions options) throws IOException {
        Map<String, INDArray> arrays = NpzFile.read(file);
        Model network = architecture.build(options);
        CheckpointImport checkpoint = new CheckpointImport(file, architecture.naming(), arrays);
        layers(network).forEach(checkpoint::fill);
        checkpoint.requireNothingLeft(architecture);
        return new ImportedModel(network, architecture.pixels().normalizer(), architecture.imageShape());
    }

    private static List<Layer> layers(Model network) {
        return Arrays.asList(
                network instanceof ComputationGraph graph
                        ? graph.getLayers()
                        : ((MultiLayerNetwork) network).getLayers());
    }

    private void fill(Layer layer) {
        if (layer instanceof FrozenLayerWithBackprop) {
            return; // its weights belong to the architecture
        }
        layer.paramTable().forEach((key, parameter) -> fill(layer, key, parameter));
    }

    /** Writes through the parameter's view: DL4J's own setters mix up the order of some layers' values (M2.1). */
    private void fill(Layer layer, String key, INDArray parameter) {
        BaseLayer configuration = (BaseLayer) layer.conf().getLayer();
        String name = naming.array(configuration, key);
        INDArray array = unused.remove(name);
        String where = " (layer \"" + configuration.getLayerName() + "\", parameter \"" + key + "\")";
        if (array == null) {
            throw new IllegalArgumentException(file + ": array \"" + name + "\" is missing" + where);
        }
        int[] permutation = naming.permutation(configuration, parameter.rank());
        long[] expected = new long[permutation.length];
        for (int axis = 0; axis < permutation.length; axis++) {
            expected[permutation[axis]] = parameter.size(axis);
        }
        if (!Arrays.equals(expected, array.shape())) {
            throw new IllegalArgumentException(file + ": array \"" + name + "\" must have shape "
                    + Arrays.toString(expected) + where + ", got " + Arrays.toString(array.shape()));
        }
        if (array.isNaN().any() || array.isInfinite().any()) {
            throw new IllegalArgumentException(file + ": array \"" + name + "\" must be finite" + where);
        }
        parameter.assign(array.permute(permutation).castTo(parameter.dataType()));
    }

    private void requireNothingLeft(Architecture architecture) {
        if (!unused.isEmpty()) {
            String name = unused.keySet().iterator().next();
            throw new IllegalArgumentException(file + ": array \"" + name + "\" belongs to no layer of "
                    + architecture.name() + " (" + unused.size() + " left over)");
        }
    }
}
