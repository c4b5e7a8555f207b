package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;

/** Networks over time series with recurrent layers. */
final class RecurrentGrammar implements Grammar {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;
    private final RecurrentLayers recurrent;
    private final RNNFormat format;
    private final Moves moves = new Moves();

    RecurrentGrammar(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = new CommonLayers(pen);
        this.recurrent = new RecurrentLayers(pen);
        this.format = choices.chance(0.12) ? RNNFormat.NWC : RNNFormat.NCW;
        moves.add(recurrent::any)
                .add(recurrent::any)
                .add(in -> recurrent.bidirectional(in, pen.width()))
                .add(in -> recurrent.frozen(in, common))
                .add(common::activation)
                .add(in -> pen.options().dropout(), common::dropout);
        if (format == RNNFormat.NCW) {
            moves.add(in -> recurrent.bidirectional(in, pen.width()))
                    .add(recurrent::dense)
                    .add(recurrent::attention)
                    .add(this::prelu)
                    .add(in -> in.channels() % 2 == 0, this::convolution)
                    .add(in -> pen.graph(), this::reverse)
                    .add(in -> pen.graph(), this::summary);
        }
    }

    @Override
    public Flow start() {
        if (format == RNNFormat.NCW && choices.chance(0.25)) {
            return recurrent.embedding(choices.between(4, 7));
        }
        Flow in = Series.input(pen, format);
        return choices.chance(0.2) ? recurrent.frozen(in, common) : recurrent.any(in);
    }

    @Override
    public Flow step(Flow in) {
        return in.channels() > 12 ? recurrent.any(in) : moves.any(in, choices);
    }

    @Override
    public Flow mix(Flow in, int channels) {
        return choices.chance(0.3) && in.channelsFirst()
                ? recurrent.bidirectional(in, channels)
                : recurrent.plain(in, channels);
    }

    @Override
    public void finish(Flow in) {
        new SeriesHeads(pen, common, recurrent).finish(in);
    }

    private Flow prelu(Flow in) {
        return common.prelu(in, new long[] {in.channels(), in.steps()}, new long[] {2});
    }

    /** Every time step as an image of two rows, and back. */
    private Flow convolution(Flow in) {
        int rows = 2;
        int columns = choices.oneOf(1, in.channels() % 4 == 0 ? 2 : 1);
        int depth = in.channels() / rows / columns;
        int channels = choices.between(2, 4);
        Layer layer = new ConvolutionLayer.Builder(2, columns)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(channels)
                .activation(pen.activation())
                .build();
        layer.setNIn(InputType.convolutional(rows, columns, depth), true);
        Flow images = pen.sketch()
                .typedLayer(
                        layer,
                        new RnnToCnnPreProcessor(rows, columns, depth),
                        in,
                        InputType.convolutional(rows, columns, channels));
        Layer back = new LSTM.Builder().nOut(pen.width()).build();
        int flat = rows * columns * channels;
        back.setNIn(InputType.recurrent(flat, in.steps()), true);
        InputType type = back.getOutputType(0, InputType.recurrent(flat, in.steps()));
        return pen.sketch().typedLayer(back, new CnnToRnnPreProcessor(rows, columns, channels), images, type);
    }

    private Flow reverse(Flow in) {
        return pen.sketch().vertex(new ReverseTimeSeriesVertex(), in.type(), in);
    }

    /** The last step, through a dense layer, beside every step. */
    private Flow summary(Flow in) {
        String source = pen.sketch().sources().get(0).name();
        if (pen.sketch().sources().get(0).vocabulary() > 0) {
            return reverse(in);
        }
        Flow last = pen.sketch().vertex(new LastTimeStepVertex(source), InputType.feedForward(in.channels()), in);
        Flow dense = common.dense(last, choices.between(2, 4));
        Flow repeated =
                pen.sketch().vertex(new DuplicateToTimeSeriesVertex(source), in.typeWith(dense.channels()), dense);
        return pen.sketch().vertex(new MergeVertex(), in.typeWith(in.channels() + dense.channels()), in, repeated);
    }
}
