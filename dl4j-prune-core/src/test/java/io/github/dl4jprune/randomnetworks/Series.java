package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;

/** Shapes of time series. */
final class Series {
    private Series() {}

    static RNNFormat format(Flow flow) {
        return ((InputTypeRecurrent) flow.type()).getFormat();
    }

    static InputType type(Flow flow, int channels, int steps) {
        return InputType.recurrent(channels, steps, format(flow));
    }

    static Flow input(Pen pen, RNNFormat format) {
        if (format == RNNFormat.NWC) {
            pen.sketch().feature("NWC");
        }
        Choices choices = pen.choices();
        return pen.sketch().input(InputType.recurrent(choices.between(2, 4), choices.between(4, 7), format));
    }
}
