package io.github.dl4jprune.folding;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a rule sees of one layer.
 *
 * @param node its name
 * @param parameters its parameters
 * @param input constants of what it reads, behind its preprocessor
 * @param width number of channels it puts out
 * @param axis their axis in what it puts out
 */
record LayerReading(String node, Map<String, INDArray> parameters, ConstantVector input, int width, int axis) {
    /** A parameter with one value a channel; {@code otherwise} for all where the layer has none of that key. */
    double[] perChannel(String key, int size, double otherwise) {
        INDArray parameter = parameters.get(key);
        if (parameter == null) {
            double[] values = new double[size];
            java.util.Arrays.fill(values, otherwise);
            return values;
        }
        return parameter.castTo(DataType.DOUBLE).reshape(parameter.length()).toDoubleVector();
    }

    /** A parameter that the layer must have. */
    INDArray parameter(String key) {
        INDArray parameter = parameters.get(key);
        if (parameter == null) {
            throw new IllegalStateException("layer \"" + node + "\" must have a parameter \"" + key + "\"");
        }
        return parameter;
    }
}
