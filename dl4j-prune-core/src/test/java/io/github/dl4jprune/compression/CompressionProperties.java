package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What must hold for every network, sparsity and width of codes. */
class CompressionProperties {
    @Property(tries = 25, seed = "7", shrinking = ShrinkingMode.OFF)
    void a_restored_network_has_the_shared_weights_and_their_outputs(
            @ForAll @IntRange(max = 499) int seed,
            @ForAll @DoubleRange(max = 1) double sparsity,
            @ForAll @IntRange(min = 1, max = 12) int bits,
            @ForAll Precision precision) {
        RandomNetwork drawn = RandomNetworks.of(seed);
        Model network = drawn.network();
        zero(network.params(), sparsity, seed);
        SharedModel shared = new SharingPlan.Builder()
                .convolutionBits(bits)
                .denseBits(13 - bits)
                .centroids(precision)
                .vectors(precision)
                .build()
                .share(network);
        SavedModel model = new SavedModel(network, null, InputShapes.UNKNOWN);

        byte[] bytes = CompressedFile.encode(model, shared);
        SavedModel restored = CompressedFile.decode(Path.of("a.dl4c"), bytes).restore();

        shared.applyTo(network);
        assertThat(restored.network().params()).isEqualTo(network.params());
        INDArray[] outputs = drawn.output(restored.network());
        INDArray[] expected = drawn.output(network);
        for (int i = 0; i < expected.length; i++) {
            assertThat(outputs[i]).isEqualTo(expected[i]);
        }
        assertThat(CompressedFile.encode(restored, shared)).isEqualTo(bytes);
    }

    private static void zero(INDArray parameters, double sparsity, long seed) {
        double[] values = parameters.toDoubleVector();
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < sparsity ? 0 : values[i];
        }
        parameters.assign(Nd4j.createFromArray(values).reshape(parameters.shape()));
    }
}
