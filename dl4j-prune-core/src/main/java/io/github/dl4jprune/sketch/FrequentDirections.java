package io.github.dl4jprune.sketch;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A few rows that stand for many: Frequent Directions. Of a matrix A (n x d) it makes B (l x d) with
 * {@code AᵀA ≈ BᵀB}: for every direction x, {@code ‖Bx‖²} is at most {@code ‖Ax‖²} and at least
 * {@code ‖Ax‖² - 2 ‖A‖_F² / l}, so
 * <pre>
 * ‖AᵀA - BᵀB‖₂ &lt;= 2 ‖A‖_F² / l
 * </pre>
 *
 * <p>Rows of A fill the empty rows of B. When B is full and rows are left, B = U S Vᵀ is turned into
 * {@code sqrt(max(S² - δ, 0)) Vᵀ}, whose last rows are zero and are filled next. The square δ is that of the singular value at place
 * k, counted from 0, with k = l / 2. Where fewer rows are left than that would empty, k is larger, so that none stays
 * empty in the end; the bound only gets better. Every row of A is used. Where the rows of A span fewer than l directions, zero
 * rows may be left, see {@link #withoutZeroRows}.
 *
 * <p>S and Vᵀ come from the eigenvectors of the l x l matrix B Bᵀ, in double precision. Cost: about {@code 2 n / l} times
 * {@code 2 l² d + O(l³)} operations; the {@code l³} part runs on the host, about a second for l = 512.
 *
 * @see <a href="https://arxiv.org/abs/1206.0594">Liberty (2013), Simple and Deterministic Matrix Sketching</a>
 */
public final class FrequentDirections {
    /** Squared singular values below this part of the largest are rounding. */
    private static final double ROUNDING = 1e-12;

    private FrequentDirections() {}

    /**
     * Sketches.
     *
     * @param rows shape [n, d], finite, left untouched
     * @param size l, at least 1; for n &lt;= l the result is the rows themselves, followed by zeros
     * @return shape [l, d], in the data type of the rows. Rows that were turned have their largest value, in magnitude, positive,
     *     since signs mean nothing to BᵀB
     * @throws IllegalArgumentException if the size is less than 1, or the rows are no matrix of finite values
     */
    public static INDArray sketch(INDArray rows, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("sketch size must be at least 1, got " + size);
        }
        if (rows.rank() != 2 || !Double.isFinite(rows.norm1Number().doubleValue())) {
            throw new IllegalArgumentException("rows to sketch must be a matrix of finite values");
        }
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return filled(rows, size).castTo(rows.dataType());
        }
    }

    private static INDArray filled(INDArray rows, int size) {
        INDArray sketch = Nd4j.zeros(DataType.DOUBLE, size, rows.columns());
        int all = rows.rows();
        int next = 0;
        int filled = 0;
        while (next < all) {
            if (filled == size) {
                filled = shrink(sketch, Math.max(size / 2, size - (all - next)));
            }
            int more = Math.min(size - filled, all - next);
            part(sketch, filled, filled + more).assign(part(rows, next, next + more));
            next += more;
            filled += more;
        }
        return sketch;
    }

    /** Empties all rows from {@code keep} on, at least; returns how many are left that are not zero. */
    private static int shrink(INDArray sketch, int keep) {
        INDArray gram = sketch.mmul(sketch.transpose());
        INDArray symmetric = gram.add(gram.transpose()).muli(0.5);
        // ND4J's eigenvectors, by its LAPACK, are wrong from 130 rows on
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(symmetric.toDoubleMatrix(), false));
        double[] squares = eigen.getRealEigenvalues();
        double lost = squares[keep];
        double least = ROUNDING * squares[0];
        int left = 0;
        while (left < keep && squares[left] - lost > least) {
            left++;
        }
        if (left > 0) {
            INDArray turned = Nd4j.createFromArray(eigen.getVT().getData());
            INDArray directions = part(turned, 0, left).mmul(sketch);
            for (int i = 0; i < left; i++) {
                INDArray row = directions.getRow(i);
                double sign =
                        Math.signum(row.getDouble(Nd4j.argMax(row.mul(row)).getLong(0)));
                row.muli((sign < 0 ? -1 : 1) * Math.sqrt((squares[i] - lost) / squares[i]));
            }
            part(sketch, 0, left).assign(directions);
        }
        if (left < sketch.rows()) {
            part(sketch, left, sketch.rows()).assign(0);
        }
        return left;
    }

    private static INDArray part(INDArray matrix, int from, int to) {
        return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    /**
     * Fills zero rows: the row of largest norm, r, becomes two rows {@code r / √2}, as often as needed, which leaves BᵀB as it
     * is. A filter of zeros behind which a ReLU follows would never be trained again.
     *
     * @param sketch shape [l, d], left untouched
     * @return the same with no zero row, unless all are
     */
    public static INDArray withoutZeroRows(INDArray sketch) {
        INDArray filled = sketch.dup('c');
        double[] squares = filled.mul(filled).sum(1).toDoubleVector();
        for (int i = 0; i < squares.length; i++) {
            int strongest = 0;
            for (int j = 1; j < squares.length; j++) {
                strongest = squares[j] > squares[strongest] ? j : strongest;
            }
            if (squares[i] == 0 && squares[strongest] > 0) {
                INDArray half = filled.getRow(strongest).muli(Math.sqrt(0.5));
                filled.putRow(i, half);
                squares[strongest] /= 2;
                squares[i] = squares[strongest];
            }
        }
        return filled;
    }
}
