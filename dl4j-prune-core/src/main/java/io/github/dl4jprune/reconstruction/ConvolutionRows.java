package io.github.dl4jprune.reconstruction;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution, W of shape [out, in, kernel height, kernel width] in both formats: a row is the patch under the
 * kernel, in the order of the weights. Only the patches asked for are copied, on the host.
 */
record ConvolutionRows(ConvolutionLayer layer) implements LayerRows {
    @Override
    public int positions(INDArray read) {
        int[] size = outputSize(channelsFirst(read));
        return size[0] * size[1];
    }

    @Override
    public INDArray rows(INDArray read, int[][] positions) {
        INDArray images = channelsFirst(read);
        int[] size = outputSize(images);
        int[] kernel = layer.getKernelSize();
        int perExample = positions[0].length;
        int inputs = (int) images.size(1) * kernel[0] * kernel[1];
        double[] values = images.dup('c').data().asDouble();
        double[] rows = new double[positions.length * perExample * inputs];
        Patch patch =
                new Patch(values, images.shape(), kernel, layer.getStride(), layer.getDilation(), padding(images));
        for (int row = 0; row < positions.length * perExample; row++) {
            int position = positions[row / perExample][row % perExample];
            patch.copy(row / perExample, position / size[1], position % size[1], rows, row * inputs);
        }
        return Nd4j.create(rows, new long[] {(long) positions.length * perExample, inputs}, DataType.DOUBLE);
    }

    private INDArray channelsFirst(INDArray read) {
        return layer.getCnn2dDataFormat() == CNN2DFormat.NHWC ? read.permute(0, 3, 1, 2) : read;
    }

    private int[] outputSize(INDArray images) {
        return ConvolutionUtils.getOutputSize(
                images,
                layer.getKernelSize(),
                layer.getStride(),
                same() ? null : layer.getPadding(),
                layer.getConvolutionMode(),
                layer.getDilation(),
                CNN2DFormat.NCHW);
    }

    /** Zeros above and to the left. */
    private int[] padding(INDArray images) {
        return same()
                ? ConvolutionUtils.getSameModeTopLeftPadding(
                        outputSize(images),
                        new int[] {(int) images.size(2), (int) images.size(3)},
                        layer.getKernelSize(),
                        layer.getStride(),
                        layer.getDilation())
                : layer.getPadding();
    }

    private boolean same() {
        return layer.getConvolutionMode() == ConvolutionMode.Same;
    }

    @Override
    public INDArray matrix(INDArray weights) {
        return weights.castTo(DataType.DOUBLE)
                .dup('c')
                .reshape('c', weights.size(0), -1)
                .transpose()
                .dup('c');
    }

    @Override
    public void write(INDArray matrix, INDArray weights) {
        weights.assign(matrix.transpose().dup('c').reshape('c', weights.shape()).castTo(weights.dataType()));
    }

    /**
     * Copies what lies under the kernel.
     *
     * @param values of images, row-major
     * @param shape of the images: [examples, channels, height, width]
     */
    private record Patch(double[] values, long[] shape, int[] kernel, int[] stride, int[] dilation, int[] padding) {
        void copy(int example, int outputY, int outputX, double[] to, int start) {
            int height = (int) shape[2];
            int width = (int) shape[3];
            int next = start;
            for (int channel = 0; channel < shape[1]; channel++) {
                int plane = (example * (int) shape[1] + channel) * height * width;
                for (int i = 0; i < kernel[0]; i++) {
                    int y = outputY * stride[0] - padding[0] + i * dilation[0];
                    for (int j = 0; j < kernel[1]; j++) {
                        int x = outputX * stride[1] - padding[1] + j * dilation[1];
                        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                        to[next++] = inside ? values[plane + y * width + x] : 0;
                    }
                }
            }
        }
    }
}
