package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;

/** Networks over vectors. */
final class FeedForwardGrammar implements Grammar {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;
    private final Moves moves = new Moves();

    FeedForwardGrammar(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = new CommonLayers(pen);
        moves.add(in -> common.dense(in, pen.width()))
                .add(in -> common.dense(in, pen.width()))
                .add(this::layerNorm)
                .add(common::batchNormalization)
                .add(common::activation)
                .add(in -> choices.chance(0.5), common::softmax)
                .add(in -> common.prelu(in, new long[] {in.channels()}, new long[] {1}))
                .add(this::multiplication)
                .add(this::frozen)
                .add(in -> pen.options().dropout(), common::dropout);
    }

    @Override
    public Flow start() {
        if (choices.chance(0.25)) {
            Flow index = pen.sketch().input(InputType.feedForward(1), choices.between(5, 9));
            EmbeddingLayer layer = new EmbeddingLayer.Builder()
                    .nOut(pen.width())
                    .hasBias(choices.chance(0.5))
                    .activation(pen.activation())
                    .build();
            return pen.sketch().embedding(layer, index);
        }
        Flow in = pen.sketch().input(InputType.feedForward(choices.between(2, 6)));
        return choices.chance(0.2) ? frozen(in) : common.dense(in, pen.width());
    }

    @Override
    public Flow step(Flow in) {
        return moves.any(in, choices);
    }

    @Override
    public Flow mix(Flow in, int channels) {
        return common.dense(in, channels);
    }

    @Override
    public void finish(Flow in) {
        new VectorHeads(pen, common).finish(in);
    }

    private Flow layerNorm(Flow in) {
        return pen.sketch()
                .layer(
                        new DenseLayer.Builder()
                                .nOut(choices.between(3, 8))
                                .hasLayerNorm(true)
                                .activation(pen.activation())
                                .build(),
                        in);
    }

    private Flow multiplication(Flow in) {
        Layer layer = new ElementWiseMultiplicationLayer.Builder()
                .nIn(in.channels())
                .nOut(in.channels())
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    private Flow frozen(Flow in) {
        Layer layer = new DenseLayer.Builder()
                .nOut(pen.width())
                .activation(pen.activation())
                .build();
        return common.frozen(layer, in);
    }
}
