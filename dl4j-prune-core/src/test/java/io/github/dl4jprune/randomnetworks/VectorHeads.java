package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ends of networks whose last activation is a vector, or becomes one by DL4J's own flattening. */
final class VectorHeads {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;

    VectorHeads(Pen pen, CommonLayers common) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = common;
    }

    void finish(Flow last) {
        Flow in = pen.graph() && last.type() instanceof InputTypeFeedForward && choices.chance(0.1)
                ? pen.sketch().vertex(new L2NormalizeVertex(), last.type(), last)
                : last;
        int draw = choices.between(0, 7);
        if (draw == 0) {
            output(
                    in,
                    new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                            .alpha(0.1)
                            .lambda(0.01),
                    Sketch.Labels.ONE_HOT);
        } else if (draw == 1) {
            Flow mixed = common.dense(in, choices.between(2, 4));
            Layer loss = new LossLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .build();
            Flow out = pen.sketch().typedLayer(loss, null, mixed, mixed.type());
            pen.sketch().output(out, Sketch.Labels.REAL);
        } else if (draw <= 4) {
            output(in, new OutputLayer.Builder(LossFunction.MSE).activation(Activation.TANH), Sketch.Labels.REAL);
        } else {
            output(
                    in,
                    new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX),
                    Sketch.Labels.ONE_HOT);
        }
    }

    private void output(Flow in, BaseOutputLayer.Builder<?> layer, Sketch.Labels labels) {
        if (labels == Sketch.Labels.ONE_HOT) {
            layer.activation(Activation.SOFTMAX);
        }
        layer.nOut(choices.between(2, 4));
        pen.sketch().output(pen.sketch().layer(layer.build(), in), labels);
    }
}
