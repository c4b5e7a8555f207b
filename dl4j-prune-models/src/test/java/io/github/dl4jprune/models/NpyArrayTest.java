package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NpyArrayTest {
    private static final byte[] SIX = floats(1, 2, 3, 4, 5, 6);

    // python3: b = io.BytesIO(); np.save(b, np.array([[1.5, -2.0]], np.float32)); b.getvalue()[128:].hex()
    private static final String SAVED_BY_NUMPY = "0000c03f000000c0";

    @Test
    void an_array_saved_by_numpy_is_read() {
        byte[] content = HexFormat.of().parseHex(SAVED_BY_NUMPY);

        INDArray array = NpyArray.read(
                "w", NpzWriter.npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", content));

        assertThat(array).isEqualTo(Nd4j.createFromArray(new float[][] {{1.5f, -2f}}));
    }

    @Test
    void fortran_order_runs_down_the_columns() {
        INDArray array =
                NpyArray.read("w", NpzWriter.npy(2, "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", SIX));

        assertThat(array).isEqualTo(Nd4j.createFromArray(new float[][] {{1, 3, 5}, {2, 4, 6}}));
    }

    @Test
    void double_precision_stays_double() {
        INDArray written = Nd4j.rand(DataType.DOUBLE, 2, 3, 4);

        INDArray read = NpyArray.read("w", NpzWriter.npy(written));

        assertThat(read.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(read).isEqualTo(written);
    }

    @Test
    void integers_are_refused() {
        byte[] bytes = NpzWriter.npy(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (), }", new byte[8]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyArray.read("steps", bytes))
                .withMessage("array \"steps\" must hold '<f4' or '<f8' values, got '<i8'");
    }

    @Test
    void a_cut_array_is_refused() {
        byte[] bytes = NpzWriter.npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", SIX);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyArray.read("w", Arrays.copyOf(bytes, bytes.length - 1)))
                .withMessage("array \"w\" is not a valid .npy array: shape [2, 3] needs 24 bytes of values, it has 23");
    }

    @Test
    void a_shape_beyond_all_memory_is_refused() {
        byte[] bytes =
                NpzWriter.npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 4000000000), }", SIX);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyArray.read("w", bytes))
                .withMessageStartingWith("array \"w\" is not a valid .npy array: shape [4000000000, 4000000000] needs");
    }

    @ParameterizedTest
    @CsvSource({
        "'PNG is another thing altogether', it does not begin as one",
        "'', it does not begin as one",
    })
    void something_else_is_refused(String content, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyArray.read("w", content.getBytes(StandardCharsets.US_ASCII)))
                .withMessage("array \"w\" is not a valid .npy array: " + why);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1, 11", "2, 12", "3, 30"})
    void a_cut_header_is_refused(int version, int length) {
        byte[] bytes = NpzWriter.npy(version, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", SIX);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpyArray.read("w", Arrays.copyOf(bytes, length)))
                .withMessageStartingWith("array \"w\" is not a valid .npy array: it");
    }

    @Test
    void a_header_without_a_shape_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NpyArray.read("w", NpzWriter.npy(1, "{'descr': '<f4', 'fortran_order': False, }", SIX)))
                .withMessage("array \"w\" is not a valid .npy array: its header lacks 'shape'");
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
