package io.github.dl4jprune.cost;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What measured times depend on beside the layer: the machine, ND4J's backend and its threads, the data type and the batch.
 *
 * @param machine name, processor and number of cores of the machine
 * @param backend class name of ND4J's backend, and whether layers built now use oneDNN
 * @param threads as {@code OMP_NUM_THREADS} says; empty: all
 * @param type of parameters and activations
 * @param batch examples a pass
 */
record LatencySetting(String machine, String backend, String threads, DataType type, int batch) {
    private static final String FOLDER = "DL4J_PRUNE_CACHE";

    static LatencySetting here(DataType type, int batch) {
        Map<String, String> environment = System.getenv();
        String machine = environment.getOrDefault("HOSTNAME", "")
                + " " + System.getProperty("os.arch")
                + " " + Runtime.getRuntime().availableProcessors();
        // DL4J asks this class loader for its helpers: another one is how oneDNN is switched on
        String helpers = org.deeplearning4j.config.DL4JClassLoading.getDl4jClassloader()
                .getClass()
                .getSimpleName();
        return new LatencySetting(
                machine,
                Nd4j.getBackend().getClass().getSimpleName() + " " + helpers,
                environment.getOrDefault("OMP_NUM_THREADS", ""),
                type,
                batch);
    }

    /** A name that differs wherever the setting does. */
    String fileName() {
        CRC32 digest = new CRC32();
        digest.update((machine + "/" + backend + "/" + threads).getBytes(StandardCharsets.UTF_8));
        return String.format(
                Locale.ROOT,
                "layer-times-%08x-%s-batch%d.json",
                digest.getValue(),
                type.toString().toLowerCase(Locale.ROOT),
                batch);
    }

    /** {@code $DL4J_PRUNE_CACHE}, or {@code ~/.cache/dl4j-prune}. */
    static Path folder() {
        String named = System.getenv(FOLDER);
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "dl4j-prune")
                : Path.of(named);
    }
}
