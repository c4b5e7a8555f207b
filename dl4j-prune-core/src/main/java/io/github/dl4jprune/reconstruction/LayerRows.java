package io.github.dl4jprune.reconstruction;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer as a matrix product: every output position is one row of what the layer reads times one matrix of weights, bias and
 * activation function left out.
 */
sealed interface LayerRows permits ConvolutionRows, DenseRows {

    /** The layer as a matrix product, if it is one: two-dimensional convolutions, dense and output layers. */
    static Optional<LayerRows> of(Layer layer) {
        Class<?> type = layer.getClass();
        if (type == ConvolutionLayer.class || type == Convolution2D.class) {
            return Optional.of(new ConvolutionRows((ConvolutionLayer) layer));
        }
        boolean plain = layer instanceof DenseLayer dense && type == DenseLayer.class && !dense.hasLayerNorm();
        return plain || type == OutputLayer.class ? Optional.of(new DenseRows()) : Optional.empty();
    }

    /** Number of output positions of one example. */
    int positions(INDArray read);

    /**
     * Rows at some positions of every example.
     *
     * @param read what the layer reads, behind its preprocessor, left untouched
     * @param positions for each example the positions wanted, all of the same number
     * @return shape [examples * positions wanted, inputs], DOUBLE, the rows of an example one after the other
     */
    INDArray rows(INDArray read, int[][] positions);

    /** A copy of the weights, shape [inputs, outputs], DOUBLE. */
    INDArray matrix(INDArray weights);

    /** Writes such a matrix into weights of the layer's own shape. */
    void write(INDArray matrix, INDArray weights);
}
