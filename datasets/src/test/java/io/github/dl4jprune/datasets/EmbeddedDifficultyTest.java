package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.acceleration.OneDnn;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The set is hard enough to need convolutions, and easy enough for a small network. */
class EmbeddedDifficultyTest {
    private static final int BATCH = 64;

    @BeforeAll
    static void be_fast_where_the_machine_can() {
        OneDnn.enable();
    }

    @AfterAll
    static void leave_no_trace() {
        OneDnn.disable();
    }

    private final LabeledImages train = new EmbeddedImages().load(Split.TRAIN);
    private final LabeledImages test = new EmbeddedImages().load(Split.TEST);

    @Test
    void a_linear_classifier_stays_under_60_percent() {
        MultiLayerNetwork network = network(settings().list().layer(output()));

        network.fit(iterator(train, Augmentation.NONE), 6);

        // it learns its training images by heart, so the test figure is not one of a network that learned nothing
        assertThat(accuracy(network, train)).isGreaterThan(0.25);
        assertThat(accuracy(network, test)).isLessThan(0.6);
    }

    @Test
    @Tag("slow")
    void a_small_vgg_passes_90_percent() {
        ListBuilder layers = settings().list();
        for (int width : new int[] {8, 32, 64}) {
            for (int i = 0; i < 2; i++) {
                layers.layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(width)
                        .padding(1, 1)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build());
                layers.layer(new BatchNormalization());
                layers.layer(new ActivationLayer(Activation.RELU));
            }
            layers.layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                            .build());
        }
        MultiLayerNetwork network = network(layers.layer(output()));

        network.fit(iterator(train, Augmentation.CROP_FLIP), 15);

        assertThat(accuracy(network, test)).isGreaterThan(0.9);
    }

    private static NeuralNetConfiguration.Builder settings() {
        MapSchedule rate = new MapSchedule.Builder(ScheduleType.EPOCH)
                .add(0, 2e-3)
                .add(10, 5e-4)
                .add(13, 1e-4)
                .build();
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.RELU)
                .updater(new Adam(rate));
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork network(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.setInputType(InputType.convolutional(32, 32, 3)).build());
        network.init();
        return network;
    }

    private static double accuracy(MultiLayerNetwork network, LabeledImages images) {
        return network.evaluate(iterator(images, Augmentation.NONE)).accuracy();
    }

    private static DataSetIterator iterator(LabeledImages images, Augmentation augmentation) {
        ImageIterator iterator = new ImageIterator.Builder(images)
                .batch(BATCH)
                .shuffle(1)
                .augmentation(augmentation)
                .build();
        iterator.setPreProcessor(new ImagePreProcessingScaler(-2, 2));
        return iterator;
    }
}
