package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;

/** Layers over time series. */
final class RecurrentLayers {
    private final Pen pen;
    private final Choices choices;

    RecurrentLayers(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
    }

    Flow any(Flow in) {
        return plain(in, pen.width());
    }

    Flow plain(Flow in, int channels) {
        return series(layer(channels), in, channels);
    }

    Flow frozen(Flow in, CommonLayers common) {
        return common.frozen(layer(pen.width()), in);
    }

    Flow bidirectional(Flow in, int channels) {
        boolean halves = channels % 2 == 0 && choices.chance(0.4);
        Bidirectional.Mode mode = halves
                ? Bidirectional.Mode.CONCAT
                : choices.oneOf(Bidirectional.Mode.ADD, Bidirectional.Mode.MUL, Bidirectional.Mode.AVERAGE);
        return series(new Bidirectional(mode, layer(halves ? channels / 2 : channels)), in, channels);
    }

    Flow lastTimeStep(Flow in) {
        if (choices.chance(0.3)) {
            int channels = choices.between(2, 4);
            Layer both = new Bidirectional(Bidirectional.Mode.CONCAT, layer(channels));
            pen.sketch().feature("LastTimeStep-Bidirectional");
            both.setNIn(in.type(), true);
            return pen.sketch().typedLayer(new LastTimeStep(both), null, in, InputType.feedForward(2L * channels));
        }
        return pen.sketch().layer(new LastTimeStep(layer(pen.width())), in);
    }

    Flow attention(Flow in) {
        boolean project = in.channels() > 8 || choices.chance(0.7);
        int heads = project ? choices.between(1, 2) : 1;
        int channels = project ? heads * choices.between(2, 4) : in.channels();
        Layer layer = new SelfAttentionLayer.Builder()
                .nHeads(heads)
                .projectInput(project)
                .nIn(in.channels())
                .nOut(channels)
                .headSize(project ? choices.between(2, 3) : channels)
                .build();
        return series(layer, in, channels);
    }

    /** One dense layer for all time steps, then back to a series. */
    Flow dense(Flow in) {
        int channels = pen.width();
        Layer dense = new DenseLayer.Builder()
                .nOut(channels)
                .activation(pen.activation())
                .build();
        dense.setNIn(InputType.feedForward(in.channels()), true);
        RnnToFeedForwardPreProcessor there = new RnnToFeedForwardPreProcessor(Series.format(in));
        Flow flat = pen.sketch().typedLayer(dense, there, in, InputType.feedForward(channels));
        int back = pen.width();
        Layer layer = layer(back);
        layer.setNIn(InputType.recurrent(channels, in.steps(), Series.format(in)), true);
        return pen.sketch()
                .typedLayer(layer, new FeedForwardToRnnPreProcessor(Series.format(in)), flat, in.typeWith(back));
    }

    /** Indexes in, a series out. */
    Flow embedding(int steps) {
        int vocabulary = choices.between(5, 9);
        Flow in = pen.sketch().input(InputType.feedForward(steps), vocabulary);
        int channels = pen.width();
        Layer layer = new EmbeddingSequenceLayer.Builder()
                .nIn(vocabulary)
                .nOut(channels)
                .inputLength(steps)
                .hasBias(choices.chance(0.5))
                .activation(pen.activation())
                .build();
        return pen.sketch().typedLayer(layer, null, in, InputType.recurrent(channels, steps));
    }

    private Flow series(Layer layer, Flow in, int channels) {
        layer.setNIn(in.type(), true);
        return pen.sketch().typedLayer(layer, null, in, in.typeWith(channels));
    }

    @SuppressWarnings("deprecation") // GravesLSTM is in many saved networks
    private BaseRecurrentLayer layer(int channels) {
        BaseRecurrentLayer.Builder<?> builder = switch (choices.between(0, 2)) {
            case 0 -> new LSTM.Builder();
            case 1 -> new GravesLSTM.Builder();
            default -> new SimpleRnn.Builder();
        };
        builder.nOut(channels).activation(choices.oneOf(Activation.TANH, Activation.SOFTSIGN));
        return (BaseRecurrentLayer) builder.build();
    }
}
