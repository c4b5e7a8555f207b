package io.github.dl4jprune.cost;

import io.github.dl4jprune.network.LayerResizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * A layer as far as its time depends on it: its configuration and the size of one example, without name and widths. Two
 * layers with the same key take the same time at the same widths.
 */
public final class TimedLayer {
    private final Layer layer;
    private final InputType read;
    private final String key;

    /**
     * Reduces a layer to what its time depends on.
     *
     * @param layer left untouched
     * @param read what the layer reads, behind its preprocessor
     */
    TimedLayer(Layer layer, InputType read) {
        this.layer = layer instanceof FrozenLayer frozen ? frozen.getLayer().clone() : layer.clone();
        this.layer.setLayerName("layer");
        this.read = read;
        this.key = this.layer.getClass().getSimpleName() + "-" + digest(withWidths(1, 1), input(1));
    }

    private static String digest(Layer layer, InputType input) {
        try {
            String text = NeuralNetConfiguration.mapper().writeValueAsString(layer) + " " + input;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a layer of a network must have a JSON form, got " + layer, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 must exist on every Java platform", e);
        }
    }

    /** Names the layer in a cache: its type and a digest of everything else. */
    public String key() {
        return key;
    }

    /** Units for each channel read where one follows from the other, as in a depthwise convolution; else 0. */
    int unitsPerInput() {
        return layer instanceof DepthwiseConvolution2D depthwise ? depthwise.getDepthMultiplier() : 0;
    }

    /** A copy of the configuration with other widths. */
    Layer withWidths(int in, int out) {
        Layer copy = layer.clone();
        LayerResizer.resize(copy, in, out);
        return copy;
    }

    /** What the layer reads if it reads so many channels. */
    InputType input(int channels) {
        if (read instanceof InputTypeConvolutional image) {
            return InputType.convolutional(image.getHeight(), image.getWidth(), channels, image.getFormat());
        }
        if (read instanceof InputTypeConvolutional3D volume) {
            return InputType.convolutional3D(
                    volume.getDataFormat(), volume.getDepth(), volume.getHeight(), volume.getWidth(), channels);
        }
        if (read instanceof InputTypeRecurrent series) {
            return InputType.recurrent(channels, Math.max(1, series.getTimeSeriesLength()), series.getFormat());
        }
        return InputType.feedForward(channels);
    }

    /** The configuration of a network of this layer alone. */
    MultiLayerConfiguration alone(int in, int out, DataType type) {
        // DL4J's builder would seed the global generator
        NeuralNetConfiguration own = new NeuralNetConfiguration();
        own.setLayer(withWidths(in, out));
        own.setDataType(type);
        own.setOptimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
        MultiLayerConfiguration configuration = new MultiLayerConfiguration();
        configuration.setConfs(new ArrayList<>(List.of(own)));
        configuration.setDataType(type);
        return configuration;
    }
}
