package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.nd4j.linalg.activations.Activation;

/** Layers that several families share. */
final class CommonLayers {
    private final Pen pen;
    private final Choices choices;

    CommonLayers(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
    }

    Flow dense(Flow in, int channels) {
        Layer layer = new DenseLayer.Builder()
                .nOut(channels)
                .hasBias(choices.chance(0.8))
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    Flow batchNormalization(Flow in) {
        BatchNormalization.Builder layer = new BatchNormalization.Builder().useLogStd(choices.chance(0.5));
        // Locked, channels last: DL4J's backward pass fails.
        if (in.channelsFirst() && choices.chance(0.25)) {
            layer.lockGammaBeta(true).gamma(choices.between(0.5, 1.5));
            layer.beta(choices.chance(0.5) ? 0 : choices.between(-0.5, 0.5));
        }
        return pen.sketch().layer(layer.build(), in);
    }

    Flow activation(Flow in) {
        return pen.sketch()
                .layer(
                        new ActivationLayer.Builder()
                                .activation(pen.activation())
                                .build(),
                        in);
    }

    /** Mixes the channels: a barrier. */
    Flow softmax(Flow in) {
        pen.sketch().feature("Softmax-inside");
        return pen.sketch().layer(new ActivationLayer(Activation.SOFTMAX), in);
    }

    Flow dropout(Flow in) {
        return pen.sketch().layer(new DropoutLayer.Builder(0.8).build(), in);
    }

    Flow prelu(Flow in, long[] shape, long[] shared) {
        PReLULayer.Builder layer = new PReLULayer.Builder().inputShape(shape);
        return pen.sketch()
                .layer((sharable(in, shape) && choices.chance(0.5) ? layer.sharedAxes(shared) : layer).build(), in);
    }

    // DL4J's backward pass refuses an alpha array that is more than 64 times smaller than the batch.
    private static boolean sharable(Flow in, long[] shape) {
        long size = 1;
        for (long length : shape) {
            size *= length;
        }
        return 4 * size <= 64L * in.channels();
    }

    /** Frozen, where DL4J can train what is left: in a graph everything before a frozen layer must be frozen too. */
    Flow frozen(Layer layer, Flow in) {
        boolean hard = (!pen.graph() || pen.sketch().frozen(in)) && choices.chance(0.6);
        return pen.sketch().layer(hard ? new FrozenLayer(layer) : new FrozenLayerWithBackprop(layer), in);
    }

    Flow globalPooling(Flow in) {
        PoolingType type = pen.normPoolable(in) && choices.chance(0.6)
                ? PoolingType.PNORM
                : choices.oneOf(PoolingType.MAX, PoolingType.AVG, PoolingType.SUM);
        Layer layer = new GlobalPoolingLayer.Builder(type).build();
        layer.setNIn(in.type(), true);
        return pen.sketch()
                .typedLayer(layer, null, in, org.deeplearning4j.nn.conf.inputs.InputType.feedForward(in.channels()));
    }
}
