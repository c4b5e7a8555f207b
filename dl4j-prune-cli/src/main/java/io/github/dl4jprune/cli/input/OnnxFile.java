package io.github.dl4jprune.cli.input;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An {@code .onnx} file opened in ONNX Runtime, on the processor. */
public final class OnnxFile implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /**
     * An input.
     *
     * @param name its name
     * @param shape of one example
     * @param type FLOAT or DOUBLE
     */
    public record Input(String name, List<Long> shape, DataType type) {}

    private OnnxFile(Path file, OrtEnvironment environment, OrtSession session) {
        this.file = file;
        this.environment = environment;
        this.session = session;
    }

    /** Whether a file is to be opened here, by its name. */
    public static boolean named(Path file) {
        return file.toString().endsWith(".onnx");
    }

    /**
     * Opens a model.
     *
     * @throws IllegalArgumentException if it is missing, or ONNX Runtime refuses it
     */
    public static OnnxFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("\"" + file + "\" must be an ONNX model, got no file");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // threads that spin while idle would slow the other contender of a bench down
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            String threads = System.getenv("OMP_NUM_THREADS");
            if (threads != null && threads.matches("[1-9]\\d{0,3}")) {
                options.setIntraOpNumThreads(Integer.parseInt(threads));
            }
            return new OnnxFile(file, environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new IllegalArgumentException("\"" + file + "\" must be an ONNX model that ONNX Runtime runs: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Text that the exporter left in the model. */
    public Map<String, String> metadata() {
        return asked(() -> session.getMetadata().getCustomMetadata());
    }

    /**
     * What the model reads, in order.
     *
     * @throws IllegalArgumentException if it reads nothing, or something else than arrays
     */
    public List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (NodeInfo info : asked(session::getInputInfo).values()) {
            if (!(info.getInfo() instanceof TensorInfo tensor)) {
                throw new IllegalArgumentException("input \"%s\" of \"%s\" must be a tensor, got %s"
                        .formatted(info.getName(), file, kind(info.getInfo())));
            }
            DataType type = tensor.type == OnnxJavaType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
            List<Long> shape = Arrays.stream(tensor.getShape())
                    .skip(1)
                    .map(size -> Math.max(1, size))
                    .boxed()
                    .toList();
            inputs.add(new Input(info.getName(), shape, type));
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("\"" + file + "\" must be a model with an input, got one without");
        }
        return inputs;
    }

    private static String kind(Object info) {
        return info instanceof MapInfo ? "a map" : "a sequence";
    }

    /** Inputs kept where ONNX Runtime reads them, to be run more than once. */
    public final class Run implements AutoCloseable {
        private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();

        private Run(INDArray... inputs) {
            List<Input> expected = inputs();
            for (int i = 0; i < inputs.length; i++) {
                Input input = expected.get(i);
                INDArray values = inputs[i].castTo(input.type()).dup('c');
                fed.put(
                        input.name(),
                        asked(() -> input.type() == DataType.DOUBLE
                                ? OnnxTensor.createTensor(
                                        environment,
                                        DoubleBuffer.wrap(values.data().asDouble()),
                                        values.shape())
                                : OnnxTensor.createTensor(
                                        environment,
                                        FloatBuffer.wrap(values.data().asFloat()),
                                        values.shape())));
            }
        }

        /** Runs, and drops the outputs. */
        public void run() {
            asked(() -> session.run(fed)).close();
        }

        /** Runs, one array an output. */
        public INDArray[] outputs() {
            try (OrtSession.Result result = asked(() -> session.run(fed))) {
                List<INDArray> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(array(output.getKey(), output.getValue()));
                }
                return outputs.toArray(INDArray[]::new);
            }
        }

        @Override
        public void close() {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    /** Keeps inputs ready for runs of the same. */
    public Run prepare(INDArray... inputs) {
        return new Run(inputs);
    }

    private INDArray array(String name, OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new IllegalArgumentException(
                    "output \"%s\" of \"%s\" must be a tensor, got %s".formatted(name, file, kind(value.getInfo())));
        }
        TensorInfo info = tensor.getInfo();
        if (info.type == OnnxJavaType.DOUBLE) {
            double[] values = new double[Math.toIntExact(info.getNumElements())];
            tensor.getDoubleBuffer().get(values);
            return Nd4j.createFromArray(values).reshape(info.getShape());
        }
        if (info.type != OnnxJavaType.FLOAT) {
            throw new IllegalArgumentException(
                    "output \"%s\" of \"%s\" must be float or double, got %s".formatted(name, file, info.type));
        }
        float[] values = new float[Math.toIntExact(info.getNumElements())];
        tensor.getFloatBuffer().get(values);
        return Nd4j.createFromArray(values).reshape(info.getShape());
    }

    /** A question to ONNX Runtime. */
    @FunctionalInterface
    private interface Question<T> {
        T answer() throws OrtException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.answer();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
