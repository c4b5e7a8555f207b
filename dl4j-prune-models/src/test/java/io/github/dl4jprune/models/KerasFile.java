package io.github.dl4jprune.models;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.FloatType;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Writes small files in the way of Keras 2: {@code model.save("x.h5")}. */
final class KerasFile {
    /** One dense layer, 3 inputs, 2 linear outputs. */
    static final String SEQUENTIAL = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["
            + "{\"class_name\": \"Dense\", \"config\": {\"name\": \"dense\", \"trainable\": true, \"batch_input_shape\":"
            + " [null, 3], \"dtype\": \"float32\", \"units\": 2, \"activation\": \"linear\", \"use_bias\": true,"
            + " \"kernel_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}, \"bias_initializer\":"
            + " {\"class_name\": \"Zeros\", \"config\": {}}, \"kernel_regularizer\": null, \"bias_regularizer\": null,"
            + " \"activity_regularizer\": null, \"kernel_constraint\": null, \"bias_constraint\": null}}]}}";

    private KerasFile() {}

    static Path empty(Path path) {
        try (H5File file = new H5File(path.toString(), hdf5.H5F_ACC_TRUNC)) {
            file._close();
        }
        return path;
    }

    static Path withConfiguration(Path path, String configuration) {
        try (H5File file = new H5File(path.toString(), hdf5.H5F_ACC_TRUNC)) {
            describe(file, configuration);
            file._close();
        }
        return path;
    }

    /** {@link #SEQUENTIAL} with its weights, kernel [3, 2] row by row. */
    static Path sequential(Path path, float[] kernel, float[] bias) {
        try (H5File file = new H5File(path.toString(), hdf5.H5F_ACC_TRUNC)) {
            describe(file, SEQUENTIAL);
            try (Group weights = file.createGroup("model_weights");
                    Group layer = weights.createGroup("dense");
                    Group inner = layer.createGroup("dense")) {
                text(weights, "keras_version", "2.4.0");
                text(weights, "backend", "tensorflow");
                text(layer, "weight_names", "dense/kernel:0 dense/bias:0");
                array(inner, "kernel:0", kernel, 3, 2);
                array(inner, "bias:0", bias, 2);
            }
            file._close();
        }
        return path;
    }

    private static void describe(H5File file, String configuration) {
        try (Group root = file.openGroup("/")) {
            text(root, "model_config", configuration);
            text(root, "keras_version", "2.4.0");
            text(root, "backend", "tensorflow");
        }
    }

    private static void text(Group group, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (StrType type = new StrType(PredType.C_S1(), bytes.length);
                DataSpace scalar = new DataSpace(hdf5.H5S_SCALAR);
                Attribute attribute = group.createAttribute(name, type, scalar);
                BytePointer pointer = new BytePointer(bytes)) {
            attribute.write(type, pointer);
        }
    }

    private static void array(Group group, String name, float[] values, long... shape) {
        try (FloatType type = new FloatType(PredType.NATIVE_FLOAT());
                DataSpace space = new DataSpace(shape.length, shape);
                DataSet set = group.createDataSet(name, type, space);
                FloatPointer pointer = new FloatPointer(values)) {
            set.write(pointer, type);
        }
    }
}
