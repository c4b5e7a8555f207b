package io.github.dl4jprune.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as small PNG pictures in {@code data:} URIs, from the smallest value (black) to the largest (white). */
final class GrayImage {
    /** Longest side; larger arrays are thinned out. */
    private static final int LONGEST = 96;

    private GrayImage() {}

    /** One channel, shape [height, width]. */
    static String png(INDArray channel) {
        return png(new INDArray[] {channel, channel, channel});
    }

    /** An example of three channels in colour, of others its first channel in grey. */
    static String png(INDArray image, boolean channelsLast) {
        INDArray channels = (channelsLast ? image.permute(0, 3, 1, 2) : image).slice(0);
        return channels.size(0) == 3
                ? png(new INDArray[] {channels.slice(0), channels.slice(1), channels.slice(2)})
                : png(channels.slice(0));
    }

    private static String png(INDArray[] colors) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double[][][] values = new double[3][][];
        for (int color = 0; color < 3; color++) {
            values[color] = colors[color].castTo(DataType.DOUBLE).toDoubleMatrix();
            low = Math.min(low, colors[color].minNumber().doubleValue());
            high = Math.max(high, colors[color].maxNumber().doubleValue());
        }
        int height = values[0].length;
        int width = values[0][0].length;
        int step = (Math.max(height, width) + LONGEST - 1) / LONGEST;
        BufferedImage picture =
                new BufferedImage((width + step - 1) / step, (height + step - 1) / step, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y += step) {
            for (int x = 0; x < width; x += step) {
                int rgb = 0;
                for (int color = 0; color < 3; color++) {
                    rgb = rgb << 8 | level(values[color][y][x], low, high);
                }
                picture.setRGB(x / step, y / step, rgb);
            }
        }
        return uri(picture);
    }

    // a channel of one value only is black
    private static int level(double value, double low, double high) {
        return high > low ? (int) Math.round(255 * (value - low) / (high - low)) : 0;
    }

    private static String uri(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
