package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;

/** An activation of the sketch: who makes it, and its type. */
record Flow(String name, InputType type) {
    int channels() {
        if (type instanceof InputTypeConvolutional image) {
            return (int) image.getChannels();
        }
        if (type instanceof InputTypeConvolutional3D volume) {
            return (int) volume.getChannels();
        }
        if (type instanceof InputTypeRecurrent series) {
            return (int) series.getSize();
        }
        return (int) ((InputTypeFeedForward) type).getSize();
    }

    int height() {
        return type instanceof InputTypeConvolutional3D volume
                ? (int) volume.getHeight()
                : (int) ((InputTypeConvolutional) type).getHeight();
    }

    int width() {
        return type instanceof InputTypeConvolutional3D volume
                ? (int) volume.getWidth()
                : (int) ((InputTypeConvolutional) type).getWidth();
    }

    int depth() {
        return (int) ((InputTypeConvolutional3D) type).getDepth();
    }

    int steps() {
        return (int) ((InputTypeRecurrent) type).getTimeSeriesLength();
    }

    boolean channelsFirst() {
        return !(type instanceof InputTypeConvolutional image && image.getFormat() == CNN2DFormat.NHWC)
                && !(type instanceof InputTypeRecurrent series
                        && series.getFormat() == org.deeplearning4j.nn.conf.RNNFormat.NWC);
    }

    /** The same type with another number of channels. */
    InputType typeWith(int channels) {
        if (type instanceof InputTypeConvolutional image) {
            return InputType.convolutional(image.getHeight(), image.getWidth(), channels, image.getFormat());
        }
        if (type instanceof InputTypeConvolutional3D volume) {
            return InputType.convolutional3D(
                    volume.getDataFormat(), volume.getDepth(), volume.getHeight(), volume.getWidth(), channels);
        }
        if (type instanceof InputTypeRecurrent series) {
            return InputType.recurrent(channels, series.getTimeSeriesLength(), series.getFormat());
        }
        return InputType.feedForward(channels);
    }
}
