package io.github.dl4jprune.storage;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How many parameters a configuration asks for.
 *
 * @param dataType of the network
 * @param count length of its flat parameter vector, as the configuration's layers add up to
 */
public record ParameterOutline(DataType dataType, long count) {
    static ParameterOutline of(MultiLayerConfiguration configuration) {
        long count = configuration.getConfs().stream()
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                .reduce(0, Math::addExact);
        return new ParameterOutline(configuration.getDataType(), count);
    }

    static ParameterOutline of(ComputationGraphConfiguration configuration) {
        long count = configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(false))
                .reduce(0, Math::addExact);
        return new ParameterOutline(configuration.getDataType(), count);
    }
}
