package io.github.dl4jprune.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.listeners.StaticPruningListener;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ParallelPruningTest {
    @Test
    void two_workers_train_and_keep_the_mask() {
        MultiLayerNetwork network = SmallImages.vgg16();
        INDArray before = network.params().dup();

        StaticPruningListener listener = ParallelPruning.run(network, SmallImages.train(), SmallImages.validation(), 1);

        assertThat(network.params()).isNotEqualTo(before);
        assertThat(listener.sparsity()).isEqualTo(0.5);
        assertThat(SmallImages.zeros(network.getLayer("f.40").getParam("W"))).isEqualTo(0.5);
    }
}
