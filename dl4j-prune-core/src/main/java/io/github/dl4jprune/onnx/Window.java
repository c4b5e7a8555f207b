package io.github.dl4jprune.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.jspecify.annotations.Nullable;

/**
 * How a kernel moves over the spatial axes.
 *
 * @param kernel size along each axis
 * @param stride likewise
 * @param dilation likewise
 * @param before padding before each axis
 * @param after padding behind each axis
 * @param output resulting size of each axis
 */
record Window(long[] kernel, long[] stride, long[] dilation, long[] before, long[] after, long[] output) {

    /**
     * What DL4J makes of a configuration: in mode Same the output is {@code ceil(input / stride)} and an odd padding has
     * its larger half behind; Causal pads before only; the other modes pad both sides alike and cut what does not fill a
     * window.
     *
     * @param input size of each axis
     */
    static Window of(Settings settings, long... input) {
        int axes = input.length;
        long[][] sizes = new long[6][axes];
        for (int i = 0; i < axes; i++) {
            long kernel = settings.kernel()[i];
            long stride = settings.stride()[i];
            long dilation = settings.dilation().length > i ? settings.dilation()[i] : 1;
            long reach = (kernel - 1) * dilation + 1;
            long before = settings.padding()[i];
            long after = before;
            long output = (input[i] + 2 * before - reach) / stride + 1;
            if (settings.mode() == ConvolutionMode.Same) {
                output = (input[i] + stride - 1) / stride;
                long total = Math.max(0, (output - 1) * stride + reach - input[i]);
                before = total / 2;
                after = total - before;
            } else if (settings.mode() == ConvolutionMode.Causal) {
                before = reach - 1;
                after = 0;
                output = (input[i] - 1) / stride + 1;
            }
            long[] column = {kernel, stride, dilation, before, after, output};
            for (int row = 0; row < column.length; row++) {
                sizes[row][i] = column[row];
            }
        }
        return new Window(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5]);
    }

    /** The same for a transposed convolution, whose output is {@code input * stride} in mode Same. */
    static Window transposed(Settings settings, long... input) {
        Window plain = of(settings, input);
        for (int i = 0; i < input.length; i++) {
            long reach = (plain.kernel[i] - 1) * plain.dilation[i] + 1;
            long full = (input[i] - 1) * plain.stride[i] + reach;
            if (settings.mode() == ConvolutionMode.Same) {
                plain.output[i] = input[i] * plain.stride[i];
                if (full < plain.output[i] - 1) {
                    throw new NotExportable("a transposed convolution in mode Same must have a kernel of at least its"
                            + " stride less one, got kernel " + plain.kernel[i] + ", stride " + plain.stride[i]);
                }
                plain.before[i] = Math.max(0, full - plain.output[i]) / 2;
                plain.after[i] = full - plain.output[i] - plain.before[i];
            } else {
                plain.output[i] = full - plain.before[i] - plain.after[i];
            }
        }
        return plain;
    }

    /**
     * What a layer's configuration says.
     *
     * @param mode null is DL4J's default, Truncate
     */
    record Settings(
            int[] kernel,
            int[] stride,
            int[] padding,
            int[] dilation,
            @Nullable ConvolutionMode mode) {
        /** The first {@code axes} numbers of each: one-dimensional layers carry a second one without meaning. */
        Settings first(int axes) {
            return new Settings(
                    Arrays.copyOf(kernel, axes),
                    Arrays.copyOf(stride, axes),
                    Arrays.copyOf(padding, axes),
                    Arrays.copyOf(dilation, Math.min(axes, dilation.length)),
                    mode);
        }
    }

    /** For transposed convolutions: zeros appended to the output where it is longer than what the kernel reaches. */
    long[] appended() {
        return Arrays.stream(after).map(pad -> Math.max(0, -pad)).toArray();
    }

    boolean dilated() {
        return Arrays.stream(dilation).anyMatch(d -> d != 1);
    }

    /** The attributes that convolutions and pools share; dilations where there are any. */
    List<AttributeProto> attributes() {
        long[] pads = Arrays.copyOf(before, 2 * before.length);
        for (int i = 0; i < after.length; i++) {
            pads[before.length + i] = Math.max(0, after[i]);
        }
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                Attribute.longs("kernel_shape", kernel),
                Attribute.longs("strides", stride),
                Attribute.longs("pads", pads)));
        if (dilated()) {
            attributes.add(Attribute.longs("dilations", dilation));
        }
        return attributes;
    }

    /** Sizes of what comes out: examples, channels, then the spatial axes. */
    long[] dims(long rows, long channels) {
        long[] ofExample = new long[output.length + 1];
        ofExample[0] = channels;
        System.arraycopy(output, 0, ofExample, 1, output.length);
        return Dims.batched(rows, ofExample);
    }
}
