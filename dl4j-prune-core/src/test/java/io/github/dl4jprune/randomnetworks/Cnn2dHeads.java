package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Ends of networks over images. */
final class Cnn2dHeads {
    private static final int FLATTENED_AT_MOST = 600;

    private final Pen pen;
    private final Choices choices;
    private final Convolutions2d convolutions;
    private final CommonLayers common;
    private final VectorHeads vectors;

    Cnn2dHeads(Pen pen, Convolutions2d convolutions, CommonLayers common) {
        this.pen = pen;
        this.choices = pen.choices();
        this.convolutions = convolutions;
        this.common = common;
        this.vectors = new VectorHeads(pen, common);
    }

    void finish(Flow in) {
        int draw = choices.between(0, 9);
        if (draw == 0) {
            image(in);
        } else if (draw == 1 && in.channelsFirst()) {
            boxes(in);
        } else if (draw <= 5 && in.channels() * in.height() * in.width() <= FLATTENED_AT_MOST) {
            flatten(in);
        } else {
            vectors.finish(common.globalPooling(in));
        }
    }

    private void flatten(Flow in) {
        if (pen.graph() && choices.chance(0.3)) {
            CnnToFeedForwardPreProcessor flat = new CnnToFeedForwardPreProcessor(
                    in.height(), in.width(), in.channels(), ((InputTypeConvolutional) in.type()).getFormat());
            InputType type = InputType.feedForward((long) in.channels() * in.height() * in.width());
            vectors.finish(common.dense(pen.sketch().vertex(new PreprocessorVertex(flat), type, in), pen.width()));
        } else if (choices.chance(0.6)) {
            vectors.finish(common.dense(in, pen.width()));
        } else {
            vectors.finish(in);
        }
    }

    private void image(Flow in) {
        boolean classes = choices.chance(0.5);
        Flow mixed = convolutions.same(in, choices.between(2, 4));
        Flow out = pen.sketch()
                .layer(
                        new CnnLossLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                                .build(),
                        mixed);
        pen.sketch().output(out, classes ? Sketch.Labels.ONE_HOT : Sketch.Labels.REAL);
    }

    private void boxes(Flow in) {
        int classes = choices.between(2, 3);
        int priors = choices.between(1, 2);
        Flow mixed = convolutions.linear(in, priors * (5 + classes));
        Flow out = pen.sketch()
                .layer(
                        new Yolo2OutputLayer.Builder()
                                .lambdaCoord(0.2)
                                .lambdaNoObj(0.1)
                                .boundingBoxPriors(Nd4j.create(new double[][] {{1, 1.5}, {2, 1}})
                                        .getRows(priors(priors)))
                                .build(),
                        mixed);
        pen.sketch().output(out, Sketch.Labels.BOXES);
    }

    private static int[] priors(int count) {
        return count == 1 ? new int[] {0} : new int[] {0, 1};
    }
}
