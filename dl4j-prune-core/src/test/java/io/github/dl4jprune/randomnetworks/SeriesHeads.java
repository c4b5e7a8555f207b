package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ends of networks over time series. */
final class SeriesHeads {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;
    private final RecurrentLayers recurrent;
    private final VectorHeads vectors;

    SeriesHeads(Pen pen, CommonLayers common, RecurrentLayers recurrent) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = common;
        this.recurrent = recurrent;
        this.vectors = new VectorHeads(pen, common);
    }

    void finish(Flow in) {
        int draw = choices.between(0, 8);
        if (draw <= 2 || !in.channelsFirst()) {
            output(in);
        } else if (draw == 3) {
            loss(in);
        } else if (draw <= 5) {
            vectors.finish(common.globalPooling(in));
        } else if (pen.graph() && draw == 6) {
            vectors.finish(pen.sketch()
                    .vertex(
                            new LastTimeStepVertex(pen.sketch().sources().get(0).name()),
                            InputType.feedForward(in.channels()),
                            in));
        } else {
            vectors.finish(recurrent.lastTimeStep(in));
        }
    }

    private void output(Flow in) {
        boolean classes = choices.chance(0.5);
        Layer layer = new RnnOutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .nOut(choices.between(2, 4))
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .build();
        pen.sketch().output(pen.sketch().layer(layer, in), classes ? Sketch.Labels.ONE_HOT : Sketch.Labels.REAL);
    }

    private void loss(Flow in) {
        boolean classes = choices.chance(0.5);
        Flow mixed = recurrent.plain(in, choices.between(2, 4));
        Layer layer = new RnnLossLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .build();
        pen.sketch().output(pen.sketch().layer(layer, mixed), classes ? Sketch.Labels.ONE_HOT : Sketch.Labels.REAL);
    }
}
