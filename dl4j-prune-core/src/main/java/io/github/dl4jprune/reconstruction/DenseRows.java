package io.github.dl4jprune.reconstruction;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer, W of shape [in, out]: one position an example. */
record DenseRows() implements LayerRows {
    @Override
    public int positions(INDArray read) {
        return 1;
    }

    @Override
    public INDArray rows(INDArray read, int[][] positions) {
        return read.castTo(DataType.DOUBLE).dup('c');
    }

    @Override
    public INDArray matrix(INDArray weights) {
        return weights.castTo(DataType.DOUBLE).dup('c');
    }

    @Override
    public void write(INDArray matrix, INDArray weights) {
        weights.assign(matrix.castTo(weights.dataType()));
    }
}
