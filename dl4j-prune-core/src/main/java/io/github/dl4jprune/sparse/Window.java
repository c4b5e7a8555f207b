package io.github.dl4jprune.sparse;

import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * How a convolution moves along one axis.
 *
 * @param kernel how many weights
 * @param stride how far from one output to the next
 * @param dilation how far from one weight to the next
 * @param before zeros in front of the input
 * @param in size of the input
 * @param out size of the output
 */
record Window(int kernel, int stride, int dilation, int before, int in, int out) {

    /** DL4J's arithmetic of output sizes and padding. */
    static Window of(ConvolutionMode mode, int[] kernelStrideDilationPadding, int in) {
        int kernel = kernelStrideDilationPadding[0];
        int stride = kernelStrideDilationPadding[1];
        int dilation = kernelStrideDilationPadding[2];
        int reach = (kernel - 1) * dilation + 1;
        if (mode == ConvolutionMode.Same) {
            int out = (in + stride - 1) / stride;
            int total = Math.max(0, (out - 1) * stride + reach - in);
            return new Window(kernel, stride, dilation, total / 2, in, out);
        }
        int padding = kernelStrideDilationPadding[3];
        int out = (in + 2 * padding - reach) / stride + 1;
        return new Window(kernel, stride, dilation, padding, in, out);
    }

    /** Size of the input of one phase: the padded positions that are congruent modulo the stride. */
    int phaseSize() {
        return out + (kernel - 1) * dilation / stride;
    }

    /** The phase that a weight reads. */
    int phase(int weight) {
        return weight * dilation % stride;
    }

    /** Where, in its phase, a weight reads for output 0. */
    int shift(int weight) {
        return weight * dilation / stride;
    }

    /** The input position behind a position of a phase; outside [0, in) where there is padding. */
    int position(int phase, int index) {
        return index * stride + phase - before;
    }
}
