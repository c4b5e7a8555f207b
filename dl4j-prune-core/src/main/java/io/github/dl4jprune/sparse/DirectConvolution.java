package io.github.dl4jprune.sparse;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Direct sparse convolution of one NCHW example. A kernel position (r, s) shifts a whole plane, so the sum over channels is
 * taken first, plane by plane and without shifts, for each position by itself; then the few sums are shifted and added:
 * <pre>
 * out[n] = bias[n] + sum over (r, s) of shift_rs( sum over c of w[n, c, r, s] in[c] )
 * </pre>
 * With strides, the padded input is dealt out to one plane for each residue of row and column, so that the inner loops stay
 * contiguous. Time: {@code nnz * (H + kH) * (W + kW)} multiply-adds and one pass over {@code out * kH * kW} planes.
 *
 * <p>Not thread-safe: planes are kept between calls.
 */
final class DirectConvolution {
    private final SparseRows weights;
    private final float[] bias;
    private final Window rows;
    private final Window columns;
    private final float[][] planes;
    private final int channels;
    private final int width;

    /**
     * A convolution of inputs of one size.
     *
     * @param weights one row a filter and kernel position, columns are channels
     * @param bias one a filter
     */
    DirectConvolution(SparseRows weights, float[] bias, int channels, Window rows, Window columns) {
        this.weights = weights;
        this.bias = bias;
        this.rows = rows;
        this.columns = columns;
        this.channels = channels;
        this.width = columns.phaseSize();
        this.planes = new float[channels * rows.stride() * columns.stride()][rows.phaseSize() * width];
    }

    boolean fits(int height, int inWidth) {
        return rows.in() == height && columns.in() == inWidth;
    }

    int outputs() {
        return bias.length * rows.out() * columns.out();
    }

    long[] shape(int examples) {
        return new long[] {examples, bias.length, rows.out(), columns.out()};
    }

    /** Convolves one example: {@code in} from {@code inFrom} on, {@code out} from {@code outFrom} on. */
    void run(float[] in, int inFrom, float[] out, int outFrom) {
        int threads = Runtime.getRuntime().availableProcessors();
        parallel(planes.length, threads, (from, to) -> fill(in, inFrom, from, to));
        parallel(bias.length, threads, (from, to) -> filters(from, to, out, outFrom));
    }

    /** Part of the work. */
    @FunctionalInterface
    interface Part {
        void run(int from, int to);
    }

    static void parallel(int work, int threads, Part part) {
        IntStream.range(0, threads)
                .parallel()
                .forEach(i -> part.run((int) ((long) work * i / threads), (int) ((long) work * (i + 1) / threads)));
    }

    // planes are [channel, row residue, column residue]
    private void fill(float[] in, int inFrom, int from, int to) {
        int phases = rows.stride() * columns.stride();
        for (int plane = from; plane < to; plane++) {
            int channel = inFrom + plane / phases * rows.in() * columns.in();
            int rowPhase = plane % phases / columns.stride();
            int columnPhase = plane % columns.stride();
            for (int y = 0; y < rows.phaseSize(); y++) {
                int row = rows.position(rowPhase, y);
                if (row >= 0 && row < rows.in()) {
                    fillRow(in, channel + row * columns.in(), columnPhase, planes[plane], y * width);
                }
            }
        }
    }

    private void fillRow(float[] in, int inFrom, int phase, float[] plane, int planeFrom) {
        if (columns.stride() == 1) {
            int skipped = columns.before();
            System.arraycopy(in, inFrom, plane, planeFrom + skipped, Math.min(columns.in(), width - skipped));
            return;
        }
        for (int x = 0; x < width; x++) {
            int column = columns.position(phase, x);
            if (column >= 0 && column < columns.in()) {
                plane[planeFrom + x] = in[inFrom + column];
            }
        }
    }

    private void filters(int from, int to, float[] out, int outFrom) {
        int length = (rows.out() - 1) * width + columns.out();
        float[] sum = new float[planes[0].length];
        float[] shifted = new float[length];
        float[] total = new float[length];
        for (int filter = from; filter < to; filter++) {
            Arrays.fill(total, bias[filter]);
            for (int r = 0; r < rows.kernel(); r++) {
                for (int s = 0; s < columns.kernel(); s++) {
                    int row = (filter * rows.kernel() + r) * columns.kernel() + s;
                    if (weights.starts()[row] == weights.starts()[row + 1]) {
                        continue;
                    }
                    int shift = rows.shift(r) * width + columns.shift(s);
                    Arrays.fill(sum, shift, shift + length, 0);
                    weights.addPlanes(row, phasePlanes(r, s), sum, shift, shift + length);
                    System.arraycopy(sum, shift, shifted, 0, length);
                    add(shifted, total);
                }
            }
            for (int y = 0; y < rows.out(); y++) {
                System.arraycopy(
                        total, y * width, out, outFrom + (filter * rows.out() + y) * columns.out(), columns.out());
            }
        }
    }

    private float[][] phasePlanes(int r, int s) {
        int phases = rows.stride() * columns.stride();
        if (phases == 1) {
            return planes;
        }
        int phase = rows.phase(r) * columns.stride() + columns.phase(s);
        float[][] chosen = new float[channels][];
        for (int channel = 0; channel < channels; channel++) {
            chosen[channel] = planes[channel * phases + phase];
        }
        return chosen;
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
