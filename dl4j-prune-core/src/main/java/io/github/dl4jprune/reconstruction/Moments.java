package io.github.dl4jprune.reconstruction;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Second moments of rows X and of what they should give, Y: XᵀX, XᵀY and the sum of squares of Y. They are all that a least
 * squares fit and its error need, so no row is kept. DOUBLE throughout.
 */
final class Moments {
    private static final double POSITIVE = 1e-300;
    private static final double SYMMETRIC = 1e-8;

    private final INDArray inputs;
    private final INDArray products;
    private double squares;
    private long rows;

    /** Of no rows. */
    Moments(long inputs, long outputs) {
        this.inputs = Nd4j.zeros(DataType.DOUBLE, inputs, inputs);
        this.products = Nd4j.zeros(DataType.DOUBLE, inputs, outputs);
    }

    /** Adds rows x of shape [n, inputs] and y of shape [n, outputs]. */
    void add(INDArray x, INDArray y) {
        INDArray turned = x.transpose();
        inputs.addi(turned.mmul(x));
        products.addi(turned.mmul(y));
        squares += sum(y, y);
        rows += x.rows();
    }

    long rows() {
        return rows;
    }

    /** ‖Y - X W‖ / ‖Y‖, in the Frobenius norm; 0 where Y is 0. */
    double error(INDArray weights) {
        double residual = squares - 2 * sum(weights, products) + sum(weights, inputs.mmul(weights));
        return squares == 0 ? 0 : Math.sqrt(Math.max(0, residual) / squares);
    }

    /**
     * The W that makes {@code ‖Y - X W‖² + λ m ‖W - W₀‖²} least, m the mean of the diagonal of XᵀX.
     *
     * @param ridge λ, positive
     * @param start W₀
     */
    INDArray fit(INDArray start, double ridge) {
        double mean = Nd4j.diag(inputs).sumNumber().doubleValue() / inputs.rows();
        if (mean == 0) {
            return start;
        }
        INDArray sums =
                inputs.add(Nd4j.eye(inputs.rows()).castTo(DataType.DOUBLE).muli(ridge * mean));
        INDArray missing = products.sub(inputs.mmul(start));
        double[][] step = new CholeskyDecomposition(
                        new Array2DRowRealMatrix(sums.toDoubleMatrix(), false), SYMMETRIC, POSITIVE)
                .getSolver()
                .solve(new Array2DRowRealMatrix(missing.toDoubleMatrix(), false))
                .getData();
        return start.add(Nd4j.createFromArray(step));
    }

    private static double sum(INDArray first, INDArray second) {
        return first.mul(second).sumNumber().doubleValue();
    }
}
