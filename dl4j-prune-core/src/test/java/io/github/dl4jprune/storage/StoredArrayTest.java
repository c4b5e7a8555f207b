package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

class StoredArrayTest {
    private static final String MODE = "MIXED_DATA_TYPES";

    /** Mean and deviation of three features: two arrays of a shape and values each. */
    private static byte[] normalizer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault()
                .write(
                        new NormalizerStandardize(
                                Nd4j.createFromArray(new float[][] {{1, 2, 3}}),
                                Nd4j.createFromArray(new float[][] {{4, 5, 6}})),
                        out);
        return out.toByteArray();
    }

    @Test
    void arrays_of_a_normaliser_are_within_its_bytes() {
        assertThatCode(() -> StoredArray.requireBounded(normalizer())).doesNotThrowAnyException();
    }

    @Test
    void a_normaliser_whose_last_array_claims_gibibytes_is_refused_before_they_are_allocated() throws IOException {
        byte[] bytes = normalizer();
        int length = new String(bytes, ISO_8859_1).lastIndexOf(MODE) + MODE.length();
        ByteBuffer.wrap(bytes).putLong(length, 1L << 33);

        assertThatThrownBy(() -> StoredArray.requireBounded(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("it has an array of 34359738368 bytes, but only 12 bytes are left");
    }

    // Until 1.0.0-alpha allocation modes had other names, and lengths were written in 4 bytes.
    @Test
    void an_array_of_an_old_version_is_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int[] shape = {2, 1, 3, 3, 1, 0, 1, 'c'};
        out.writeUTF("HEAP");
        out.writeInt(shape.length);
        out.writeUTF("INT");
        for (int value : shape) {
            out.writeInt(value);
        }
        out.writeUTF("HEAP");
        out.writeInt(3);
        out.writeUTF("FLOAT");
        for (int i = 1; i <= 3; i++) {
            out.writeFloat(i);
        }

        INDArray read = StoredArray.read(bytes.toByteArray());

        assertThat(read).isEqualTo(Nd4j.createFromArray(new float[][] {{1, 2, 3}}));
    }
}
