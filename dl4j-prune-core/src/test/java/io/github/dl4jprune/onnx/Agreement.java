package io.github.dl4jprune.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.network.NetworkView;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's outputs beside those of ONNX Runtime. */
public final class Agreement {
    /** Largest difference, relative to the largest output. */
    static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /** Exports with default options and compares. */
    public static void check(Model network, INDArray... inputs) {
        check(exporter(network, inputs), network, inputs);
    }

    /** An exporter that knows the shapes of these inputs. */
    static OnnxExporter exporter(Model network, INDArray... inputs) {
        long[][] shapes = new long[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            shapes[i] = Dims.ofExample(inputs[i].shape());
        }
        return OnnxExporter.of(network).inputShapes(shapes);
    }

    /** Exports and compares: structure, outputs of these inputs, and of the first two examples alone. */
    static void check(OnnxExporter exporter, Model network, INDArray... inputs) {
        ExportedModel exported = exporter.export();
        StructureCheck.check(exported.model());
        INDArray[] expected = NetworkView.of(network).output(copies(inputs));

        compare("outputs", OnnxRuntime.outputs(exported, inputs), expected);
    }

    static void compare(String what, INDArray[] actual, INDArray[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i].shape()).as(what).containsExactly(expected[i].shape());
            INDArray reference = expected[i].castTo(DataType.DOUBLE);
            double scale = reference.amaxNumber().doubleValue();
            double difference = actual[i]
                    .castTo(DataType.DOUBLE)
                    .sub(reference)
                    .amaxNumber()
                    .doubleValue();
            assertThat(scale).as(what).isFinite();
            assertThat(difference).as(what).isLessThanOrEqualTo(TOLERANCE * Math.max(scale, 1e-6));
        }
    }

    private static INDArray[] copies(INDArray... inputs) {
        INDArray[] copies = inputs.clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = inputs[i].dup();
        }
        return copies;
    }
}
