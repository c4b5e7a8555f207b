package io.github.dl4jprune.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ONNX Runtime on arrays of ND4J. */
final class OnnxRuntime {
    private OnnxRuntime() {}

    /** The outputs of a model, one array an output. */
    static INDArray[] outputs(ExportedModel model, INDArray... inputs) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model.bytes(), options)) {
                return run(environment, session, inputs);
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static INDArray[] run(OrtEnvironment environment, OrtSession session, INDArray... inputs)
            throws OrtException {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        int i = 0;
        for (String name : session.getInputNames()) {
            fed.put(name, tensor(environment, inputs[i++]));
        }
        try (OrtSession.Result result = session.run(fed)) {
            List<INDArray> outputs = new ArrayList<>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                outputs.add(array((OnnxTensor) entry.getValue()));
            }
            return outputs.toArray(INDArray[]::new);
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, INDArray array) throws OrtException {
        INDArray values = array.dup('c');
        return values.dataType() == DataType.DOUBLE
                ? OnnxTensor.createTensor(
                        environment, DoubleBuffer.wrap(values.data().asDouble()), values.shape())
                : OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(values.data().asFloat()), values.shape());
    }

    private static INDArray array(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        if (info.onnxType == TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE) {
            double[] values = new double[tensor.getDoubleBuffer().remaining()];
            tensor.getDoubleBuffer().get(values);
            return Nd4j.createFromArray(values).reshape(info.getShape());
        }
        float[] values = new float[tensor.getFloatBuffer().remaining()];
        tensor.getFloatBuffer().get(values);
        return Nd4j.createFromArray(values).reshape(info.getShape());
    }
}
