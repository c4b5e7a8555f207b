package io.github.dl4jprune.examples;

import io.github.dl4jprune.datasets.EmbeddedImages;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.models.CifarResNet;
import io.github.dl4jprune.models.ModelOptions;
import io.github.dl4jprune.models.PixelScale;
import io.github.dl4jprune.models.Vgg16;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Few of the embedded images, and networks small enough for them. */
public final class SmallImages {
    /** Batches of an epoch. */
    static final int BATCHES = 4;

    private static final LabeledImages TRAIN = new EmbeddedImages().load(Split.TRAIN);
    private static final LabeledImages VALIDATION = new EmbeddedImages().load(Split.VALIDATION);

    private SmallImages() {}

    static ImageIterator train() {
        return normalized(new ImageIterator.Builder(TRAIN.take(10 * BATCHES))
                .batch(10)
                .shuffle(3)
                .build());
    }

    /** One batch of four, for networks and runs of the usual size. */
    public static ImageIterator four() {
        return normalized(
                new ImageIterator.Builder(TRAIN.take(4)).batch(4).shuffle(3).build());
    }

    static ImageIterator validation() {
        return normalized(
                new ImageIterator.Builder(VALIDATION.take(20)).batch(20).build());
    }

    private static ImageIterator normalized(ImageIterator images) {
        images.setPreProcessor(PixelScale.IMAGENET.normalizer());
        return images;
    }

    static MultiLayerNetwork vgg16() {
        return new Vgg16(4).build(new ModelOptions.Builder().seed(5).build());
    }

    public static ComputationGraph resnet8() {
        return new CifarResNet(8).build(new ModelOptions.Builder().seed(5).build());
    }

    /** The fraction of zeros in a parameter. */
    public static double zeros(INDArray parameter) {
        long zeros = Nd4j.getExecutioner()
                .exec(new org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition(parameter, Conditions.equals(0)))
                .getLong(0);
        return (double) zeros / parameter.length();
    }
}
