package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

/** Damaged files: 1,000 of them, 10,000 with {@code -Pfull}, half with checksums made right again. */
class FuzzedFileTest {
    private static final int FILES = Boolean.getBoolean("dl4jprune.full") ? 10_000 : 1_000;
    private static final Path NAME = Path.of("fuzzed.dl4c");

    // what a byte may stand for, by the format: 8 gaps of 255 zeros
    private static final long MOST_VALUES_A_BYTE = 2048;
    private final byte[] valid = file();

    @Test
    void every_damaged_file_is_refused_with_its_section_or_read_whole() {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] mutated = mutated(random);
            if (i % 2 == 1) {
                repairChecksums(mutated);
            }
            refused += assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(mutated)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(FILES / 2);
    }

    private static boolean refused(byte[] file) {
        try {
            CompressedModel read = CompressedFile.decode(NAME, file);
            assertThat((long) read.weights().length()).isLessThanOrEqualTo(MOST_VALUES_A_BYTE * file.length);
            return false;
        } catch (CompressedFileException e) {
            assertThat(e.getMessage()).matches("compressed file \"fuzzed.dl4c\": (header|section \\d+ of \\d+)\\b.*");
            return true;
        }
    }

    private byte[] mutated(Random random) {
        byte[] file = valid.clone();
        switch (random.nextInt(4)) {
            case 0 -> file = Arrays.copyOf(file, random.nextInt(file.length));
            case 1 -> file = Arrays.copyOf(file, file.length + 1 + random.nextInt(20));
            case 2 -> {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {
                int from = random.nextInt(file.length - 4);
                Arrays.fill(file, from, from + 1 + random.nextInt(4), (byte) (random.nextBoolean() ? 0xFF : 0));
            }
        }
        return file;
    }

    /** So that damage reaches what lies behind the checksums. */
    private static void repairChecksums(byte[] file) {
        ByteBuffer numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int next = CompressedFile.HEADER;
        if (file.length < next) {
            return;
        }
        numbers.putInt(next - 4, (int) CompressedFile.crc(file, 0, next - 4));
        while (next + 9 <= file.length) {
            int length = numbers.getInt(next + 1);
            if (length < 0 || length > file.length - next - 9) {
                return;
            }
            numbers.putInt(next + 5 + length, (int) CompressedFile.crc(file, next, 5 + length));
            next += length + 9;
        }
    }

    @Test
    void each_kind_of_damage_has_its_message() {
        refuses(new byte[3], "header must begin with the bytes 89 44 4c 34 43 0d 0a 1a: this is no compressed model");
        refuses(changed(8, 9), "header is of version 9, this one reads 1");
        refuses(changed(12, 9), "header has a wrong checksum");
        refuses(Arrays.copyOf(valid, valid.length + 2), "header has 2 trailing bytes");
        refuses(Arrays.copyOf(valid, valid.length - 1), "section 6 of 6 needs 4 more bytes, but 3 are left");
        refuses(changed(40, valid[40] + 1), "section 1 of 6 has a wrong checksum");
        byte[] huge = valid.clone();
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(15, -1);
        repairChecksums(huge);
        refuses(
                huge,
                "header claims 4294967295 sections, more than " + (valid.length - CompressedFile.HEADER)
                        + " bytes can hold");
    }

    @Test
    void a_layer_that_claims_more_than_its_bits_can_hold_is_refused_before_memory_is_taken() {
        ByteWriter layer = new ByteWriter();
        layer.text("bomb");
        layer.number(1, 2);
        layer.text("W");
        layer.number(1, 1);
        layer.number('c', 1);
        layer.number(2, 1);
        layer.number(40_000, 4);
        layer.number(50_000, 4);
        layer.number(ParameterCodec.RELATIVE_INDEX, 1);
        layer.number(4, 1);
        layer.number(1, 2);
        layer.values(new double[] {1}, Precision.FLOAT);
        layer.number(8, 1);
        layer.number(0, 4);
        layer.number(2_000_000_000L / 255, 4);

        ByteCursor in = new ByteCursor(layer.toBytes(), 0, layer.length(), IllegalStateException::new);
        in.text();
        in.number(2);

        assertThatThrownBy(() -> ParameterCodec.decode(in, "bomb", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("needs 128 more bytes");
    }

    private byte[] changed(int at, int value) {
        byte[] file = valid.clone();
        file[at] = (byte) value;
        return file;
    }

    private static void refuses(byte[] file, String message) {
        assertThatThrownBy(() -> CompressedFile.decode(NAME, file))
                .isInstanceOf(CompressedFileException.class)
                .hasMessage("compressed file \"fuzzed.dl4c\": " + message);
    }

    /** Sections: configuration, normaliser, shapes, and layers in all three encodings. */
    private static byte[] file() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("conv").nOut(8).build())
                .layer(new DenseLayer.Builder().name("dense").nOut(20).build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 2))
                .build());
        network.init();
        INDArray all = network.params();
        INDArray half =
                Nd4j.linspace(0, 1, all.length(), all.dataType()).gt(0.4).castTo(all.dataType());
        all.muli(Nd4j.rand(all.shape())
                .gt(0.7)
                .castTo(all.dataType())
                .mul(half.reshape(all.shape()))
                .add(half.rsub(1).reshape(all.shape())));
        SharedModel shared = new SharingPlan.Builder()
                .convolutionBits(3)
                .denseBits(3)
                .build()
                .share(network);
        return CompressedFile.encode(
                new SavedModel(network, new ImagePreProcessingScaler(0, 1), InputShapes.of(new long[] {2, 6, 6})),
                shared);
    }
}
